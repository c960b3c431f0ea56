import { describe, expect, it } from 'vitest';
import type { World } from '../../model/world.ts';
import { labels, onward, outcome, reached, statusOf, uncounted, worldsAfter } from './fixtures/play.ts';
import {
  attachMain,
  create,
  gate,
  hold,
  missing,
  print,
  read,
  restart,
  rm,
  run,
  settle,
  start,
  stop,
} from './fixtures/steps.ts';

describe('main session (contract 5.5)', () => {
  const primed = reached(create(hold), attachMain());

  it('on Configured boots and runs nothing; start then shows the first byte', () => {
    expect(primed.boxes.box1).toMatchObject({ status: 'primed', runs: 0, code: null });
    expect(outcome(primed, read()).expect).toMatchObject({ out: { exactly: '' }, end: 'open' });
    expect(outcome(onward(primed, start()), read()).expect).toMatchObject({ out: { exactly: 'up\n' } });
  });

  it('leaves open what a stop does where either word is right: nothing, or the VM is down with its client', () => {
    expect(labels(primed, stop())).toEqual(['no-effect', 'stopped', 'stopped']);
    const [same, ...down] = worldsAfter(primed, stop());
    expect(uncounted(same as World)).toEqual(uncounted(primed));
    expect(down.map((world) => [statusOf(world), world.boxes.box1?.runs])).toEqual([
      ['configured', 0],
      ['stopped', 0],
    ]);
    for (const world of down) {
      expect(world.boxes.box1?.attachedBy).toBeNull();
      expect(outcome(world, read()).expect).toMatchObject({ end: { exitFrame: 'may', codes: [] } });
    }
  });

  it('leaves open whether a restart keeps the client', () => {
    const clients = worldsAfter(primed, restart()).map(({ boxes }) => [
      boxes.box1?.attachedBy,
      boxes.box1?.runs,
    ]);
    expect(clients).toEqual([
      ['att1', 1],
      [null, 1],
    ]);
  });

  it('can be removed', () => {
    expect(labels(primed, rm(false))).toEqual(['removed', 'refused:still-running']);
    expect(labels(primed, rm(true))).toEqual(['removed']);
  });

  it('ends without an exit frame being owed when the command cannot be started', () => {
    const failed = onward(reached(create(missing), attachMain()), start());
    expect(statusOf(failed)).toBe('failed');
    expect(outcome(failed, read()).expect).toMatchObject({ end: { exitFrame: 'may', codes: [] } });
  });

  it.each<[string, World]>([
    ['Stopped', reached(run(hold), stop())],
    ['Failed', reached(run(missing))],
  ])('on %s is refused', (_, world) => {
    expect(labels(world, attachMain())).toEqual(['refused:attach-not-running']);
  });

  it('carries the code of the box, and frees its slot with it', () => {
    const world = reached(run(gate), attachMain(), {
      op: 'exec',
      via: 'rest',
      on: 'box1',
      work: { do: 'open', gate: 'g1' },
    });
    expect(outcome(world, read()).expect).toMatchObject({
      out: { exactly: 'one\ntwo\n' },
      end: { exitFrame: 'must', codes: [7] },
    });
    expect(labels(world, attachMain('att2'))).toEqual([
      'attached',
      'refused:attach-not-running',
      'refused:slot-taken',
    ]);
    expect(labels(onward(world, read()), attachMain('att2'))).toEqual([
      'attached',
      'refused:attach-not-running',
    ]);
  });

  it('keeps the end of an old run apart from the stream of a new one', () => {
    const ended = reached(run(print('a', '', 3)), attachMain());
    const world = onward(ended, settle(), start());
    expect(outcome(world, read()).expect).toMatchObject({ end: { exitFrame: 'must', codes: [3] } });
    const old = onward(ended, attachMain('att2'), { op: 'stop', via: 'rest', on: ['box1'] });
    expect(outcome(old, read()).expect).toMatchObject({ end: { exitFrame: 'must', codes: [3] } });
    const both = worldsAfter(onward(ended, attachMain('att2')), stop()).map((world) =>
      outcome(world, read('att2')),
    );
    expect(both.map((one) => one.expect)).toMatchObject([
      { end: { exitFrame: 'may', codes: [3] } },
      { end: { exitFrame: 'may', codes: [137] } },
    ]);
  });

  it('has the stream of its run: a new run has a fresh one', () => {
    const world = reached(create(hold), attachMain(), start());
    expect(world.boxes.box1).toMatchObject({ attachedBy: 'att1' });
    expect(onward(world, stop(), start()).boxes.box1).toMatchObject({ attachedBy: null, out: 'up\n' });
  });
});
