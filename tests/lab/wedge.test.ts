import { afterAll, beforeAll, expect, test } from 'vitest';
import { onOneMachine } from '../../bin/session/one-machine.ts';
import { labPaths } from '../../lab/paths.ts';
import { readState } from '../../lab/state.ts';
import { signalProcess } from '../../machine/process.ts';
import { profileFor } from '../../model/profile.ts';
import type { History } from '../../program/history.ts';
import type { Surface } from '../../program/step.ts';
import { makeRunner } from '../../run/execute.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { openLabTarget } from '../../runtime/targets/lab/target.ts';
import { steadyRunner } from '../../search/investigate/steady-runner.ts';
import { exec, hold, inspect, print, run, stop } from '../model/fixtures/steps.ts';
import { programOf } from '../run/fixtures/runs.ts';

/** Needs what `boxcheck lab build` makes, and the lab for itself: `BOXCHECK_TARGET=lab npm run unit -- tests/lab`. */
const onLab = process.env.BOXCHECK_TARGET === 'lab';
const CASE_MS = 300_000;

/** From the moment the machine stops until the next program begins. */
const HEALED_MS = 40_000;

let target: Target;
beforeAll(async () => {
  if (onLab) target = await openLabTarget({}, (line) => process.stderr.write(`${line}\n`));
}, CASE_MS);
afterAll(() => target?.close(), CASE_MS);

/** Stops the machine as if its host had: everything in it hangs, and nothing says so. */
async function stopQemu(): Promise<void> {
  const state = await readState(labPaths().state);
  if (state === null || !signalProcess(state.qemu, 'SIGSTOP')) throw new Error('the lab is not up');
}

test.runIf(onLab).each<Surface>(['rest', 'cli', 'url'])(
  'a lab that stops under a program (%s) is infrastructure, and the next program begins within 40 s',
  async (via) => {
    const { profile } = profileFor(target.identity.version);
    let stopped: { ms: number; done: Promise<void> } | undefined;
    const onEvent = () => (stopped ??= { ms: performance.now(), done: stopQemu() });
    const once = makeRunner(target, { profile, known: [], onEvent });
    const runs: { beganMs: number; history: History }[] = [];
    const steady = steadyRunner({
      run: async (program, signal) => {
        const beganMs = performance.now();
        const history = await once(program, signal);
        runs.push({ beganMs, history });
        return history;
      },
      recover: () => target.recover(),
    });
    const works = ['a\n', 'b\n'].map((out) => exec(print(out), via));
    const program = programOf(run(hold, via), inspect(via), ...works, stop(via));
    const { ending } = await steady(program, new AbortController().signal);
    await stopped?.done;
    const [broken, next] = runs;
    const healedMs = (next?.beganMs ?? Number.POSITIVE_INFINITY) - (stopped?.ms ?? 0);
    process.stderr.write(
      `${via}: ${broken?.history.totalMs} ms, next program ${healedMs} ms after the stop\n`,
    );
    expect(broken?.history.ending).toMatchObject({
      is: 'infrastructure',
      why: expect.stringContaining('no sign of life'),
    });
    expect(ending).toEqual({ is: 'passed' });
    expect(healedMs).toBeLessThan(HEALED_MS);
  },
  CASE_MS,
);

test.runIf(onLab)(
  'a lab that stops under the programs of two lanes is brought back once, and both pass then',
  async () => {
    const { profile } = profileFor(target.identity.version);
    const beside = await target.beside?.();
    if (!beside) throw new Error('the lab has one lane');
    let stopped: Promise<void> | undefined;
    let repairs = 0;
    const onEvent = () => (stopped ??= stopQemu());
    const lanes = [target, beside].map((lane) => ({
      target: { ...lane, recover: () => lane.recover().finally(() => (repairs += 1)) },
      run: makeRunner(lane, { profile, known: [], onEvent }),
    }));
    const program = programOf(run(hold, 'rest'), inspect('rest'), exec(print('a\n'), 'url'), stop('rest'));
    const histories = await Promise.all(
      onOneMachine(lanes).map(({ run, target: { recover } }) =>
        steadyRunner({ run, recover })(program, new AbortController().signal),
      ),
    );
    await beside.close();
    expect(histories.map(({ ending }) => ending.is)).toEqual(['passed', 'passed']);
    expect(repairs).toBe(1);
  },
  CASE_MS,
);
