import { describe, expect, it, vi } from 'vitest';
import {
  create,
  hold,
  inspect,
  list,
  print,
  run,
  send,
  settle,
  start,
  stop,
} from '../model/fixtures/steps.ts';
import { inTime, useClock } from './fixtures/clock.ts';
import type { Script } from './fixtures/fake-target.ts';
import { markOf, ran } from './fixtures/runs.ts';
import { answer, refusal } from './fixtures/small-server.ts';

/** GET box of a running box is a 500. */
const broken: Script = {
  onRest: (request, server, normal) => {
    const running = [...server.boxes.values()].some(({ status }) => status === 'running');
    const isLook = request.method === 'GET' && /boxes\/box\d+$/u.test(request.path);
    return running && isLook ? refusal(request, 500, 'no handle') : normal();
  },
};
const mark = markOf({ situation: ['job/running'], seen: { is: 'broken', how: '5xx', text: 'no handle' } });

describe('a known divergence', () => {
  it('is counted, and the program goes on in the world after it', async () => {
    const { history } = await ran(broken, [run(hold), inspect(), stop(), inspect()], [mark]);
    expect(history.ending).toEqual({ is: 'passed' });
    expect(history.known).toEqual({ 'a-mark': 1 });
    expect(history.events.find(({ index }) => index === 1)?.matched).toBe('known:a-mark');
  });

  it('does not cover another answer, another place or another operation', async () => {
    for (const other of [
      { situation: ['job/stopped'] },
      { op: 'stop' },
      { seen: { is: 'broken', how: 'hang' } },
      { targets: ['lab'] },
    ]) {
      const { history } = await ran(broken, [run(hold), inspect()], [markOf({ ...mark, ...other })]);
      expect(history.ending.is, JSON.stringify(other)).toBe('failed');
    }
  });

  it('that always shows must go when the contract’s own answer is back', async () => {
    const { history } = await ran({}, [run(hold), inspect()], [mark]);
    expect(history.ending).toMatchObject({
      is: 'failed',
      failure: { kind: 'stale-mark', id: 'a-mark', at: 1, situation: 'job/running' },
    });
    expect(history.missed).toEqual({ 'a-mark': 1 });
  });

  it('that always shows is not stale where another divergence may have answered before it', async () => {
    const seen = { is: 'box', box: { status: 'running' } };
    const other = markOf({ id: 'other', seen, always: false, rate: { m: 3, k: 10 } });
    const { history } = await ran({}, [run(hold), inspect()], [mark, other]);
    expect(history).toMatchObject({ ending: { is: 'passed' }, known: {}, missed: { other: 1 } });
    expect(history.missed).not.toHaveProperty('a-mark');
  });

  it('that is silent is not stale where another answer of the contract came', async () => {
    const silent = markOf({ op: 'stop', seen: { is: 'refused' }, after: { as: 'unknown' }, silent: true });
    const { history } = await ran({}, [run(hold), stop(), inspect()], [silent]);
    expect(history).toMatchObject({ ending: { is: 'passed' }, missed: {}, known: {}, cutShort: 0 });
  });

  it('that depends on timing is only counted as missed', async () => {
    const sometimes = markOf({ ...mark, always: false, rate: { m: 3, k: 10 } });
    const { history } = await ran({}, [run(hold), inspect(), inspect()], [sometimes]);
    expect(history.ending.is).toBe('passed');
    expect(history.missed).toEqual({ 'a-mark': 2 });
  });

  it('says in which world the program goes on', async () => {
    const failing: Script = {
      onRest: (request, server, normal) => {
        if (!request.path.endsWith('/start')) return normal();
        for (const box of server.boxes.values()) box.status = 'failed';
        return refusal(request, 500, 'overlay');
      },
    };
    const entry = markOf({
      op: 'start',
      seen: { is: 'broken', text: 'overlay' },
      after: { as: 'unchanged', box: { status: 'failed', code: 'any' } },
    });
    const { history } = await ran(failing, [create(hold), start(), inspect()], [entry]);
    expect(history.ending).toEqual({ is: 'passed' });
    expect(history.events.find(({ index }) => index === 2)?.situation).toBe('job/failed');
  });

  it('whose world names no outcome here leaves nothing to say of its box: its steps are left out', async () => {
    const entry = markOf({ ...mark, after: { as: 'nonsense' } });
    const other = [create(hold, 'rest', 'box2'), list(true)];
    const { history, target } = await ran(
      broken,
      [run(hold), inspect(), stop(), inspect(), ...other],
      [entry],
    );
    expect(history.known).toEqual({ 'a-mark': 1 });
    expect(history).toMatchObject({ ending: { is: 'passed' }, cutShort: 2, boxes: 2 });
    expect(history.events.filter(({ index }) => index >= 2 && index <= 5).map(({ index }) => index)).toEqual([
      4, 5,
    ]);
    expect(target.server.boxes.size).toBe(0);
    expect(target.notes).not.toContain('sweep');
  });

  it('that hangs is given a sixth of the time, at most the six seconds of a box that boots', async () => {
    const limitOf = async (path: string, marks: Parameters<typeof ran>[2]) => {
      const { target } = await ran({}, [create(hold), start(), stop()], marks);
      return target.limits.find((one) => one.path.endsWith(path))?.timeoutMs;
    };
    const hangs = (op: string) => [markOf({ op, seen: { is: 'broken', how: 'hang' } })];
    // The fake target takes a fiftieth of the contract's time for everything.
    expect(await limitOf('/stop', [])).toBe(300);
    expect(await limitOf('/stop', hangs('stop'))).toBe(50);
    expect(await limitOf('/start', [])).toBe(1_200);
    expect(await limitOf('/start', hangs('start'))).toBe(120);
  });

  it('of which an answer is believed after a second counts then, and else when the contract has no more time', async () => {
    let looks = 0;
    const atFourthLook: Script = {
      onRest: (request, server, normal) => {
        const isLook = request.method === 'GET' && /boxes\/box\d+$/u.test(request.path);
        if (isLook && ++looks === 4)
          for (const box of server.boxes.values()) Object.assign(box, { status: 'stopped', exit_code: 0 });
        return normal();
      },
    };
    const shown = async (lookS?: number) => {
      looks = 0;
      const slow = markOf({
        op: 'settle',
        seen: { is: 'box', box: { status: 'running' } },
        ...{ lookS, always: false, rate: { m: 1, k: 2 } },
      });
      const { history } = await inTime(ran(atFourthLook, [run(print('')), settle()], [slow]));
      return { known: history.known, missed: history.missed };
    };
    useClock();
    try {
      // The fake target takes a fiftieth of the contract's three seconds.
      expect(await shown(1)).toEqual({ known: { 'a-mark': 1 }, missed: {} });
      expect(await shown()).toEqual({ known: {}, missed: { 'a-mark': 1 } });
    } finally {
      vi.useRealTimers();
    }
  });

  it('may lead to a step the contract says nothing of: that one is left out, not failed', async () => {
    const primed = markOf({
      op: 'start',
      seen: { is: 'refused', status: 404 },
      after: { as: 'unchanged', box: { status: 'primed' } },
    });
    const odd: Script = {
      onRest: (request, _server, normal) =>
        request.path.endsWith('/start') ? refusal(request, 404, 'x') : normal(),
    };
    const { history } = await ran(odd, [create(hold), start(), send(''), inspect()], [primed]);
    expect(history.ending).toEqual({ is: 'passed' });
    expect(history.cutShort).toBe(1);
    expect(history.events.find(({ index }) => index === 3)?.matched).toBe('shown:configured');
  });
});

describe('boxes', () => {
  it('are counted once each, refused creations not at all', async () => {
    const { history } = await ran(
      {
        onRest: (request, server, normal) =>
          request.method === 'POST' && server.boxes.size === 1
            ? answer(request, 400, {
                error: { message: 'already exists', type: 'InvalidArgumentError', code: 'invalid_argument' },
              })
            : normal(),
      },
      [
        { ...create(), name: 'a' },
        { ...create(undefined, 'rest', 'box2'), name: 'a' },
      ],
    );
    expect(history.ending).toEqual({ is: 'passed' });
    expect(history.boxes).toBe(1);
  });
});
