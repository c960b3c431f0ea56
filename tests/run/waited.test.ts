import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newestProfile } from '../../model/profile.ts';
import { makeRunner } from '../../run/execute.ts';
import { waited } from '../../run/waited.ts';
import type { Session } from '../../runtime/ports/session.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { hold, inspect, run, stop } from '../model/fixtures/steps.ts';
import { inTime, useClock } from './fixtures/clock.ts';
import { FakeTarget, lost, lostAt, type Script } from './fixtures/fake-target.ts';
import { programOf } from './fixtures/runs.ts';
import { answer } from './fixtures/small-server.ts';

/** So long every call to the machine takes, on a clock that only waiting moves. */
const SLOW_MS = 400;

beforeEach(useClock);
afterEach(() => void vi.useRealTimers());

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A target that takes its time with everything that is no request. */
function slowTarget(script: Script = {}): { target: Target; calls: string[] } {
  const calls: string[] = [];
  const slowly = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    calls.push(name);
    return sleep(SLOW_MS).then(work);
  };
  const fake = new FakeTarget({
    ...script,
    heartbeat: () => slowly('heartbeat', script.heartbeat ?? (async () => {})),
    sweep: () => slowly('sweep', async () => []),
  });
  const session = async (label: string): Promise<Session> => {
    const made = await slowly('session', () => fake.session(label));
    return { ...made, dispose: () => slowly('dispose', () => made.dispose()) };
  };
  const target: Target = {
    identity: fake.identity,
    session,
    baseline: (settled) => slowly('baseline', () => fake.baseline(settled)),
    sweep: () => fake.sweep(),
    heartbeat: () => fake.heartbeat(),
    recover: () => fake.recover(),
    logs: () => fake.logs(),
    close: () => fake.close(),
  };
  return { target, calls };
}

const runOn = (target: Target, steps: Parameters<typeof programOf>) =>
  makeRunner(target, { profile: newestProfile, known: [] })(
    programOf(...steps),
    new AbortController().signal,
  );

/** A server that has no answer to this route but a broken one. */
const brokenAt =
  (path: string, status: number): Script['onRest'] =>
  (request, _server, normal) =>
    request.path.endsWith(path) ? answer(request, status, 'x') : normal();

describe('time spent on the machine counts as waiting for the runtime', () => {
  const silent: Script['onRest'] = (request, _server, normal) =>
    request.path.endsWith('/stop') ? { ...answer(request, 0), err: 'gone', timedOut: true } : normal();

  it.each<[string, Script, Parameters<typeof programOf>, string[]]>([
    ['of a program that passes', {}, [run(hold), inspect()], ['session', 'dispose', 'baseline']],
    [
      'of one that fails, with its sweep',
      { onRest: brokenAt('/stop', 500) },
      [run(hold), stop()],
      ['session', 'dispose', 'sweep', 'baseline'],
    ],
    [
      'of one whose machine is looked after',
      { onRest: silent },
      [run(hold), stop()],
      ['session', 'heartbeat', 'dispose', 'sweep'],
    ],
    [
      'of one whose machine is lost',
      { onRest: silent, heartbeat: lostAt(2) },
      [run(hold), stop()],
      ['session', 'heartbeat', 'dispose', 'sweep'],
    ],
  ])('%s', async (_name, script, steps, expected) => {
    const { target, calls } = slowTarget(script);
    const { totalMs, runtimeMs } = await inTime(runOn(target, steps));
    for (const name of expected) expect(calls).toContain(name);
    expect(runtimeMs).toBeGreaterThanOrEqual(calls.length * SLOW_MS);
    expect(totalMs).toBe(runtimeMs);
  });

  it('and computing does not', async () => {
    const waiting = { runtimeMs: 0 };
    await inTime(waited(waiting, sleep(SLOW_MS)));
    vi.advanceTimersByTime(SLOW_MS);
    await expect(inTime(waited(waiting, sleep(SLOW_MS).then(lost)))).rejects.toThrow('does not answer');
    expect(waiting.runtimeMs).toBe(2 * SLOW_MS);
  });
});
