import { describe, expect, it } from 'vitest';
import type { Step } from '../../program/step.ts';
import { create, hold, inspect, list, rm, run, settle, stop } from '../model/fixtures/steps.ts';
import type { Script } from './fixtures/fake-target.ts';
import { failureOf, markOf, ran } from './fixtures/runs.ts';
import { refusal } from './fixtures/small-server.ts';

/** `stop` of a configured box makes it a stopped one. */
const stopping: Script = {
  onRest: (request, server, normal) => {
    const answer = normal();
    if (request.path.endsWith('/stop')) for (const box of server.boxes.values()) box.status = 'stopped';
    return answer;
  },
};

/** The runtime stops what was never started. */
const stops = markOf({
  id: 'stops',
  op: 'stop',
  situation: ['job/configured'],
  seen: { is: 'done' },
  after: { as: 'usual', box: { status: 'stopped', code: 'any' } },
  silent: true,
});
const steps = [create(hold), stop(), settle()];

describe('a silent divergence', () => {
  it('is counted once a view shows what it has done', async () => {
    const { history } = await ran(stopping, steps, [stops]);
    expect(history.ending).toEqual({ is: 'passed' });
    expect(history.known).toEqual({ stops: 1 });
    expect(history.worlds).toBe(2);
  });

  it('that is gone is told as a stale mark, at the step that shows it, and not as a finding', async () => {
    const { history } = await ran({}, steps, [stops]);
    expect(failureOf(history)).toMatchObject({
      kind: 'stale-mark',
      id: 'stops',
      at: 2,
      step: { op: 'settle' },
    });
    expect(history).toMatchObject({ known: {}, missed: { stops: 1 } });
  });

  it('is neither there nor gone when nothing tells, and told so', async () => {
    const removing: Step[] = [create(hold), stop(), rm(true)];
    const { history } = await ran({}, removing, [stops]);
    expect(history).toMatchObject({ ending: { is: 'passed' }, known: {}, missed: {}, worlds: 2 });
    const never = markOf({ ...stops, after: { as: 'usual', box: { code: 'any' } } });
    const { history: looked } = await ran({}, [create(hold), stop(), inspect()], [never]);
    expect(looked).toMatchObject({ ending: { is: 'passed' }, known: {}, undecided: { stops: 1 } });
  });

  it('that always shows did so at all steps or at none, until it is known which', async () => {
    const { history } = await ran(
      {},
      [create(hold), stop(), create(hold, 'rest', 'box2'), stop('rest', 'box2'), list(true)],
      [stops],
    );
    expect(history.worlds).toBe(2);
    expect(failureOf(history)).toMatchObject({ kind: 'stale-mark', at: 4 });
    expect(history.missed).toEqual({ stops: 2 });
  });

  it('that depends on timing goes either way at each step', async () => {
    const sometimes = { ...stops, always: false, rate: { m: 1, k: 2 } };
    const two = [create(hold), stop(), create(hold, 'rest', 'box2'), stop('rest', 'box2')];
    const { history } = await ran({}, [...two, list(true)], [sometimes]);
    expect(history).toMatchObject({ ending: { is: 'passed' }, worlds: 4, known: {}, missed: { stops: 2 } });
  });
});

describe('two divergences in one step', () => {
  const untyped = markOf({
    id: 'untyped',
    op: 'stop',
    situation: ['job/running'],
    seen: { is: 'broken', how: '5xx' },
    after: { as: 'usual' },
  });
  const failing: Script = {
    onRest: (request, server, normal) => {
      if (!request.path.endsWith('/stop')) return normal();
      for (const box of server.boxes.values()) box.status = 'failed';
      return refusal(request, 500, 'no handle');
    },
  };
  const fails = markOf({
    id: 'fails',
    op: 'stop',
    situation: ['job/running'],
    seen: { is: 'broken' },
    after: { as: 'usual', box: { status: 'failed', code: 'any' } },
    silent: true,
  });

  it('add up and are both counted, a silent one with one that answers', async () => {
    for (const marks of [
      [untyped, fails],
      [fails, untyped],
    ]) {
      const { history } = await ran(failing, [run(hold), stop(), inspect()], marks);
      expect(history.ending).toEqual({ is: 'passed' });
      expect(history.known).toEqual({ untyped: 1, fails: 1 });
      expect(history.events.find(({ index }) => index === 1)?.matched).toBe('known:untyped,fails');
    }
  });

  it('add up where both have the answer', async () => {
    const { silent: _, ...answering } = fails;
    const { history } = await ran(failing, [run(hold), stop(), inspect()], [untyped, markOf(answering)]);
    expect(history).toMatchObject({ ending: { is: 'passed' }, known: { untyped: 1, fails: 1 } });
  });

  it('are told apart: one that is gone is stale though the other shows', async () => {
    const onlyUntyped: Script = {
      onRest: (request, _server, normal) => {
        const answer = normal();
        return request.path.endsWith('/stop') ? refusal(request, 500, 'no handle') : answer;
      },
    };
    const { history } = await ran(onlyUntyped, [run(hold), stop(), inspect()], [untyped, fails]);
    expect(failureOf(history)).toMatchObject({ kind: 'stale-mark', id: 'fails', at: 2 });
    expect(history.known).toEqual({ untyped: 1 });
  });
});
