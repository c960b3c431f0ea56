import { describe, expect, it, vi } from 'vitest';
import { UnsendableError } from '../../domain/unsendable-error.ts';
import { newestProfile } from '../../model/profile.ts';
import { makeRunner } from '../../run/execute.ts';
import type { OnEvent } from '../../run/program-run.ts';
import { create, exec, hold, inspect, print, rm, run, settle, stop } from '../model/fixtures/steps.ts';
import { inTime, useClock } from './fixtures/clock.ts';
import { FakeTarget, type Script } from './fixtures/fake-target.ts';
import { failureOf, programOf, ran } from './fixtures/runs.ts';
import { answer } from './fixtures/small-server.ts';

describe('a program that holds', () => {
  it('passes, is recorded step by step, and leaves nothing', async () => {
    const steps = [run(hold), inspect(), stop(), inspect(), rm(false), inspect()];
    const { history, target } = await ran({}, steps);
    expect(history.ending).toEqual({ is: 'passed' });
    const own = history.events.filter(({ step }) => steps.includes(step as never));
    expect(own.map(({ matched }) => matched)).toEqual([
      'running',
      'shown:running',
      'stopped',
      'shown:stopped',
      'removed',
      'refused:unknown-box',
    ]);
    expect(own.map(({ situation }) => situation)).toEqual([
      'job:hold',
      'job/running',
      'job/running',
      'job/stopped',
      'job/stopped',
      'removed',
    ]);
    expect(history).toMatchObject({ boxes: 1, cutShort: 0, known: {}, missed: {} });
    expect(target.notes).not.toContain('sweep');
    expect(target.server.boxes.size).toBe(0);
  });

  it('is removed by force at its end', async () => {
    const { target } = await ran({}, [run(hold), create(undefined, 'rest', 'box2')]);
    const deletes = target.asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(deletes).toEqual(['/v1/boxes/box000000001?force=true', '/v1/boxes/box000000002?force=true']);
  });

  it('runs again and again on the same target, each time in a session of its own', async () => {
    const target = new FakeTarget();
    const again = makeRunner(target, { profile: newestProfile, known: [] });
    const signal = new AbortController().signal;
    for (let i = 0; i < 3; i++) expect((await again(programOf(run(hold)), signal)).ending.is).toBe('passed');
    expect(target.notes.filter((note) => note.startsWith('session'))).toHaveLength(3);
  });
});

it('a step that cannot be made ends its program, unjudged from there on, and no other', async () => {
  let asked = 0;
  const target = new FakeTarget({
    onRest: ({ path }, _server, normal) => {
      if (path.endsWith('/stop') && ++asked === 1) throw new UnsendableError('too long');
      return normal();
    },
  });
  const again = makeRunner(target, { profile: newestProfile, known: [] });
  const signal = new AbortController().signal;
  const program = programOf(run(hold), stop(), inspect());
  expect(await again(program, signal)).toMatchObject({
    ...{ ending: { is: 'passed' }, cutShort: 2, cutBy: 'too long' },
  });
  expect(target.notes).toContain('sweep');
  expect(await again(program, signal)).toMatchObject({ ending: { is: 'passed' }, cutShort: 0 });
});

it('tells of each step as soon as it is judged, before the next one is taken', async () => {
  const target = new FakeTarget();
  const told: (readonly [op: string, askedSoFar: number])[] = [];
  const onEvent: OnEvent = ({ step, matched }) => {
    if (matched !== null) told.push([step.op, target.asked.length]);
  };
  const runner = makeRunner(target, { profile: newestProfile, known: [], onEvent });
  await runner(programOf(run(hold), stop(), inspect()), new AbortController().signal);
  expect(told.slice(0, 3).map(([op]) => op)).toEqual(['run', 'stop', 'inspect']);
  const asked = told.map(([, soFar]) => soFar);
  expect(asked).toEqual([...new Set(asked)]);
});

describe('an answer the contract does not allow', () => {
  it('ends the program at its step, with what was allowed, seen and different', async () => {
    const onRest: Script['onRest'] = (_request, server, normal) => {
      const made = normal();
      for (const box of server.boxes.values()) if (box.exit_code === 137) box.exit_code = 0;
      return made;
    };
    const { history, target } = await ran({ onRest }, [run(hold), stop(), inspect(), inspect()]);
    const failure = failureOf(history);
    expect(failure).toMatchObject({ kind: 'unexpected', at: 2, situation: 'job/stopped' });
    expect(failure.kind === 'unexpected' && failure.differences).toEqual([
      'box1 shows code 0 instead of 137',
    ]);
    expect(history.events.at(-1)?.matched).toBeNull();
    expect(target.notes).toContain('sweep');
  });

  it('is a wrong exit code of a command, too', async () => {
    const frames = [
      { kind: 'binary' as const, data: '\x01out' },
      { kind: 'text' as const, text: '{"type":"exit","exit_code":0}' },
    ];
    const { history } = await ran({ frames }, [run(hold), exec(print('out', '', 7))]);
    expect(failureOf(history)).toMatchObject({ differences: ['exit code 0 instead of 7'] });
  });

  it.each([
    ['a 5xx', 500, { error: { message: 'm', type: 'InternalError', code: 'internal' } }, '5xx'],
    ['a bare body', 409, 'no', 'untyped'],
    ['another shape', 200, { box_id: 1 }, 'malformed'],
  ])('is never %s', async (_, status, body, how) => {
    const { history } = await ran(
      {
        onRest: (request, _server, normal) =>
          request.path.endsWith('1') && request.method === 'GET' ? answer(request, status, body) : normal(),
      },
      [run(hold), inspect()],
    );
    expect(failureOf(history)).toMatchObject({
      kind: 'oracle',
      oracle: 'broken-answer',
      at: 1,
      seen: { how },
    });
  });

  it('is polled for where the contract gives time, and not judged before', async () => {
    useClock();
    let looks = 0;
    const running = ran(
      {
        onRest: (request, server, normal) => {
          const [box] = server.boxes.values();
          const isLook = request.method === 'GET' && request.path.endsWith('1');
          if (box && isLook && ++looks === 3) Object.assign(box, { status: 'stopped', exit_code: 7 });
          return normal();
        },
      },
      [run(print('', '', 7)), settle(), inspect()],
    );
    const { history } = await inTime(running).finally(() => vi.useRealTimers());
    expect(history.ending.is).toBe('passed');
    expect(looks).toBe(4);
    // The second and the third look are polls, with their pauses of 10 and 20 ms; all else was answered at once.
    expect(history.events.map(({ pollsMs = 0 }) => pollsMs > 0)).toEqual([false, true, false, false]);
    expect(history.events[1]?.pollsMs).toBe(30);
  });

  it('is given up on when the time is over', async () => {
    const { history } = await ran({}, [run(print('', '', 7)), settle()]);
    expect(failureOf(history)).toMatchObject({ kind: 'unexpected', at: 1, step: { op: 'settle' } });
  });
});
