import * as fc from 'fast-check';
import { openTarget } from '/work/main/runtime/open.ts';
import { makeRunner } from '/work/main/run/execute.ts';
import { profileFor } from '/work/main/model/profile.ts';
import { situationOf } from '/work/main/model/situation.ts';
import { ProgramArbitrary } from '/work/main/search/program-arbitrary.ts';
import { verbs } from '/work/main/commands/index.ts';
import { describe } from '/work/main/model/match.ts';
import { loadKnown } from '/work/main/verdict/known.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
const [target = 'reference', seed0 = '1', n = '20', outDir='/tmp/pre/fz'] = process.argv.slice(2);
mkdirSync(outDir,{recursive:true});
const t = await openTarget(target as never, {}, (l: string) => console.log('#', l));
const { profile } = profileFor(t.identity.version.replace(/^boxlite /, ''));
const known = await loadKnown('corpus/known');
const run = makeRunner(t, { profile, known });
let stop=false; process.on('SIGINT',()=>{stop=true}); process.on('SIGTERM',()=>{stop=true});
try {
  for (let i = 0; i < Number(n) && !stop; i++) {
    const seed = Number(seed0) + i;
    const arb = new ProgramArbitrary({ verbs, profile, situation: situationOf } as never, { surfaces: new Set(['cli','url','rest']), seed });
    const p = fc.sample(arb, { numRuns: 1, seed })[0]!;
    const h = await run(p, new AbortController().signal);
    console.log('==', seed, p.steps.length, 'steps', h.ending.is, Math.round(h.totalMs), 'ms boxes', h.boxes, 'cut', h.cutShort, JSON.stringify(h.known));
    if (h.ending.is !== 'passed') {
      writeFileSync(`${outDir}/${target}-${seed}.json`, JSON.stringify(p));
      for (const e of h.events.slice(-6)) console.log('  ', e.index, JSON.stringify(e.step).slice(0,200), e.situation, '->', e.matched, Math.round(e.runtimeMs), e.matched ? '' : describe(e.seen));
      const f = (h.ending as any).failure;
      console.log('   FAIL', f ? JSON.stringify({kind:f.kind, oracle:f.oracle, at:f.at, sit:f.situation, diffs:f.differences, detail:f.detail, seen: f.seen}).slice(0,1200) : JSON.stringify(h.ending).slice(0,500));
      if (h.ending.is==='infrastructure') await t.recover();
    }
  }
} finally { await t.close(); }
