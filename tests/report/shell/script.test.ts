import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verbs } from '../../../commands/index.ts';
import { newestProfile } from '../../../model/profile.ts';
import { emptyWorld } from '../../../model/world.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Event, History } from '../../../program/history.ts';
import type { Program } from '../../../program/program.ts';
import { shellScript } from '../../../report/shell/script.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { rulesOf } from '../../../search/worlds/rules.ts';
import { counterexample, history } from '../fixtures/records.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);
const programs = new ProgramArbitrary(rulesOf(verbs, newestProfile), { surfaces });

/** A run in which every step but the last was answered as the model says. */
function historyOf(program: Program): { history: History; failure: Failure } {
  let world = emptyWorld;
  const events: Event[] = [];
  for (const [index, step] of program.steps.entries()) {
    const prediction = verbs[step.op].predict(world, step, newestProfile);
    if (!prediction) break;
    const [usual] = prediction.outcomes;
    const matched = index === program.steps.length - 1 ? null : usual.label;
    events.push({
      index,
      step,
      situation: '-',
      allowed: prediction.outcomes,
      seen: { is: 'done' },
      matched,
      startedMs: 0,
      runtimeMs: 0,
      harnessMs: 0,
    });
    world = usual.next;
  }
  const last = events.at(-1) as Event;
  const failure: Failure = {
    kind: 'unexpected',
    at: last.index,
    step: last.step,
    allowed: last.allowed,
    seen: last.seen,
    differences: [],
    situation: '-',
  };
  return { history: { ...history, program, events }, failure };
}

const scriptOf = (program: Program): string =>
  shellScript({ ...counterexample, smallest: { program, ...historyOf(program) } });

describe('scripts of drawn programs', () => {
  const seen = new Set<string>();
  test('every one is shell that parses, in plain sh, and does every step it should', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const script = scriptOf(program);
        execFileSync('sh', ['-n'], { input: script });
        for (const [i, step] of program.steps.entries()) {
          seen.add(step.op);
          expect(script).toContain(`step_${i + 1}() {`);
        }
        expect(script.match(/^reported \d+ /gmu)).toHaveLength(1);
      }),
      { numRuns: 60, seed: 3 },
    );
    expect(seen.size).toBeGreaterThan(20);
  });
});

/** The body of a shell function of the script. */
const bodyOf = (script: string, name: string): string =>
  new RegExp(`^${name}\\(\\) \\{\\n(.*?)^\\}$`, 'msu').exec(script)?.[1] ?? '';

test('a step says what it has seen before that is judged', () => {
  const says =
    /\b(seen_cli|seen_rest|seen|written|attach|order|look|leave|follow|restart_server|occupy|knock)\b/u;
  let judged = 0;
  fc.assert(
    fc.property(programs, (program) => {
      const script = scriptOf(program);
      for (const i of program.steps.keys()) {
        const check = bodyOf(script, `fits_${i + 1}`);
        if (check.trim() === ':') continue;
        judged += 1;
        expect(bodyOf(script, `step_${i + 1}`), `${check}\nof\n${script}`).toMatch(says);
      }
    }),
    { numRuns: 150, seed: 5 },
  );
  expect(judged).toBeGreaterThan(500);
});

describe('against a command that stands in for boxlite', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'bc-sh-'));
    writeFileSync(
      join(dir, 'boxlite'),
      '#!/bin/sh\nshift 2\ncase $1 in\nrun) echo abcdefghijkl; touch "$0.made" ;;\nlist) [ ! -e "$0.made" ] || echo abcdefghijkl ;;\nexec) printf %s "$SAYS"; exit "$ENDS" ;;\nrm) rm -f "$0.made"; echo "$*" >>"$0.removed" ;;\nesac\n',
    );
    chmodSync(join(dir, 'boxlite'), 0o755);
    writeFileSync(join(dir, 'repro.sh'), shellScript(counterexample));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const run = (env: Record<string, string>) =>
    spawnSync('sh', [join(dir, 'repro.sh')], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, BOXLITE: join(dir, 'boxlite'), ENDS: '3', ...env },
    });

  test('the wrong answer is reproduced: exit 0', () => {
    expect(run({ SAYS: '' })).toMatchObject({ status: 0, stdout: expect.stringMatching(/REPRODUCED\n$/u) });
    expect(run({ SAYS: 'a<b>&"c"\n', ENDS: '4' }).status).toBe(0);
  });

  test("the contract's answer is not: exit 1", () => {
    expect(run({ SAYS: 'a<b>&"c"\n' })).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/not reproduced\n$/u),
    });
  });

  test('what it made it removes', () => {
    run({ SAYS: '' });
    expect(execFileSync('cat', [join(dir, 'boxlite.removed')], { encoding: 'utf8' })).toContain(
      'rm -f abcdefghijkl',
    );
  });

  test('without boxlite nothing can be said: exit 2, and what to set', () => {
    const ended = run({ BOXLITE: '/no/such/boxlite' });
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining('set BOXLITE') });
  });

  test('an earlier step that goes wrong decides nothing: exit 2', () => {
    writeFileSync(join(dir, 'broken'), '#!/bin/sh\necho "Error: no" >&2\nexit 1\n');
    chmodSync(join(dir, 'broken'), 0o755);
    expect(run({ BOXLITE: join(dir, 'broken') })).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('undecided'),
    });
  });
});
