import { readFile } from 'node:fs/promises';
import { openTarget } from '/work/main/runtime/open.ts';
import { makeRunner } from '/work/main/run/execute.ts';
import { profileFor } from '/work/main/model/profile.ts';
import { programSchema } from '/work/main/program/program.ts';
import { describe } from '/work/main/model/match.ts';
const [target = 'reference', ...files] = process.argv.slice(2);
const t = await openTarget(target as never, {}, (l: string) => console.log('#', l));
console.log(t.identity);
const { profile } = profileFor(t.identity.version.replace(/^boxlite /, ''));
const run = makeRunner(t, { profile, known: [] });
try {
  for (const f of files) {
    const p = programSchema.parse(JSON.parse(await readFile(f, 'utf8')));
    const h = await run(p, new AbortController().signal);
    console.log('==', f, h.ending.is, Math.round(h.totalMs), 'ms; runtime', Math.round(h.runtimeMs), 'boxes', h.boxes, 'cut', h.cutShort);
    for (const e of h.events) console.log('  ', e.index, e.step.op, 'via' in e.step ? e.step.via : '', e.situation, '->', e.matched, Math.round(e.runtimeMs), e.matched ? '' : describe(e.seen));
    if (h.ending.is !== 'passed') console.log(JSON.stringify(h.ending, null, 1).slice(0, 3000));
  }
} finally { await t.close(); }
