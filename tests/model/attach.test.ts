import { describe, expect, it } from 'vitest';
import { deadlines } from '../../model/deadlines.ts';
import type { World } from '../../model/world.ts';
import { after, afterIn, isSilent, labels, outcome, predicted, statusOf } from './fixtures/play.ts';
import {
  attach,
  attachMain,
  control,
  create,
  detach,
  gate,
  hold,
  kill,
  missing,
  print,
  read,
  rm,
  run,
  send,
  settle,
  signal,
  spawn,
  start,
  stop,
  wait,
} from './fixtures/steps.ts';

const held = after(run(hold), spawn(hold));
const finished = after(run(hold), spawn(print('out', 'err', 7)));
const feeding = after(run(hold), spawn({ do: 'cat' }), attach());

describe('single attach (contract 5.4)', () => {
  it('gives a second client a 409 and leaves the first alone', () => {
    const world = afterIn(held, attach());
    expect(labels(world, attach('att2'))).toEqual(['refused:slot-taken']);
    expect(afterIn(world, attach('att2')).execs.exec1?.attachedBy).toBe('att1');
    expect(afterIn(world, attach('att2')).attaches.att2?.state).toBe('closed');
  });

  it('frees the slot at a Close at once, for a vanished client within 35 s', () => {
    const closed = predicted(afterIn(held, attach(), detach('close')), attach('att2'));
    expect(closed.outcomes.map(({ label }) => label)).toEqual(['attached']);
    expect(closed.pollMs).toBeUndefined();
    const dropped = predicted(afterIn(held, attach(), detach('drop')), attach('att2'));
    expect(dropped.outcomes.map(({ label }) => label)).toEqual(['attached']);
    expect(dropped.pollMs).toBe(deadlines.slotMs);
  });

  it('may or may not have freed the slot of a process that ends', () => {
    expect(labels(afterIn(finished, attach()), attach('att2'))).toEqual(['refused:slot-taken', 'attached']);
  });

  it('holds for the main session too', () => {
    const world = after(run(hold), attachMain());
    expect(labels(world, attachMain('att2'))).toEqual(['refused:slot-taken']);
    expect(labels(afterIn(world, detach()), attachMain('att2'))).toEqual(['attached']);
  });
});

describe('reattach (contract 5.4)', () => {
  it('replays the backlog from its start and goes live', () => {
    const world = afterIn(feeding, send('a\n'), detach(), attach('att2'), send('b\n', 'att2'));
    const told = outcome(world, read('att2')).expect;
    expect(told).toMatchObject({ is: 'stream', out: { exactly: 'a\nb\n' }, end: 'open' });
  });

  it('after completion gives the same output and code, as often as wanted', () => {
    const again = afterIn(finished, attach(), read(), attach('att2'));
    const wanted = {
      out: { exactly: 'out' },
      err: { exactly: 'err' },
      end: { exitFrame: 'must', codes: [7] },
    };
    expect(outcome(afterIn(finished, attach()), read()).expect).toMatchObject(wanted);
    expect(outcome(again, read('att2')).expect).toMatchObject(wanted);
    expect(outcome(again, wait()).expect).toMatchObject({ status: 'completed', codes: [7] });
  });

  it('asks of a late client a suffix only, and of one cut off nothing that it may have missed', () => {
    const world = after(run(hold), spawn({ do: 'flood', bytes: 300_000, code: 0 }), attach());
    expect(outcome(world, read()).expect).toMatchObject({ out: { atLeast: 128 * 1024 } });
    expect(outcome(afterIn(world, stop()), read()).expect).toMatchObject({ out: { anything: true } });
  });
});

describe('after a stop of the box (contract 5.4, 7.4)', () => {
  const stopped = afterIn(held, attach(), stop());

  it('ends live attaches, with a code of the cut and an exit frame that may be lost', () => {
    expect(outcome(stopped, read()).expect).toMatchObject({
      out: { prefixOf: 'up\n' },
      end: { exitFrame: 'may', codes: [-15, -9, -1] },
    });
  });

  it('keeps executions readable as completed, across a later start too', () => {
    for (const world of [stopped, afterIn(stopped, start())]) {
      expect(outcome(world, wait()).expect).toMatchObject({ status: 'completed', codes: [-15, -9, -1] });
      expect(labels(world, attach('att2'))).toContain('attached');
    }
  });

  it('lets an error take the place of the exit frame, and come before an answer to a frame', () => {
    const told = outcome(
      afterIn(held, attach(), control('no-type'), { op: 'stop', via: 'rest', on: ['box1'] }),
      read(),
    ).expect;
    expect(told).toMatchObject({
      errors: [{ optional: true }, { text: '', optional: true }],
      end: { exitFrame: 'may' },
    });
  });

  it('does not change what had already completed', () => {
    const world = afterIn(finished, wait(), stop());
    expect(outcome(world, wait()).expect).toMatchObject({ codes: [7] });
  });
});

describe('after a removal (contract 5.4, 8.5)', () => {
  it('ends live attaches and forgets every execution', () => {
    const gone = afterIn(finished, attach(), rm(true));
    expect(outcome(gone, read()).expect).toMatchObject({
      out: { prefixOf: 'out' },
      end: { exitFrame: 'may', codes: [7, -15, -9, -1] },
    });
    for (const step of [wait(), kill(), signal(15), attach('att2')])
      expect(labels(gone, step)).toEqual(['refused:unknown-execution']);
  });
});

describe('signals and KILL (contract 5.1)', () => {
  it('ends a process by -k, or by its handler', () => {
    expect(afterIn(held, signal(15)).execs.exec1?.codes).toEqual([-15]);
    const world = afterIn(after(run(hold), spawn({ do: 'hold', out: '', onTerm: 5 })), signal(15));
    expect(world.execs.exec1?.codes).toEqual([5, -15]);
    expect(afterIn(held, signal(28))).toEqual(held);
  });

  it('refuses 9, and on what may be over answers in any typed way', () => {
    expect(labels(held, signal(9))).toEqual(['refused:bad-signal']);
    expect(labels(afterIn(finished, wait()), signal(9))).toEqual([
      'refused:bad-signal',
      'no-effect',
      'refused:execution-over',
    ]);
    expect(labels(after(), signal(9, '?bogus'))).toEqual(['refused:bad-signal-or-unknown']);
  });

  it('tells an attached client -9 and forgets the execution at a DELETE', () => {
    const world = afterIn(held, attach(), kill());
    expect(outcome(world, read()).expect).toMatchObject({ end: { exitFrame: 'must', codes: [-9] } });
    expect(labels(world, wait())).toEqual(['refused:unknown-execution']);
  });
});

describe('frames (contract 5.3)', () => {
  it('closes stdin at eof; a write after that may fail', () => {
    const world = after(run(hold), spawn(hold), attach(), control('eof'), send('x'));
    expect(outcome(world, read()).expect).toMatchObject({
      errors: [{ text: 'stdin write failed', optional: true }],
      end: 'open',
    });
    expect(outcome(afterIn(feeding, send('a'), control('eof')), read()).expect).toMatchObject({
      out: { exactly: 'a' },
      end: { codes: [0] },
    });
  });

  it('answers bad frames with errors and stays open', () => {
    const world = afterIn(
      held,
      attach(),
      control('bad-json'),
      control('no-type'),
      control('unknown'),
      control('bad-signal'),
    );
    const told = outcome(world, read()).expect;
    expect(told).toMatchObject({ end: 'open' });
    expect(told.is === 'stream' && told.errors.map(({ text }) => text)).toEqual([
      'invalid control frame',
      "control frame missing 'type' field",
      'unknown control type',
      'signal 9 not allowed',
    ]);
  });

  it('closes a read-only attach with 1008 at its first write; the slot may take a moment', () => {
    const world = afterIn(held, attach('att1', 'exec1', true), control('resize'), control('resize'), send('x'));
    expect(outcome(world, read()).expect).toMatchObject({
      out: { prefixOf: 'up\n' },
      errors: [
        { text: 'read-only attach rejected a write: resize', code: 'read_only_attach' },
        { text: 'read-only attach rejected a write: stdin', code: 'read_only_attach' },
      ],
      end: { exitFrame: 'never', closeCode: 1008 },
    });
    expect(predicted(world, attach('att2')).pollMs).toBe(deadlines.slotMs);
    expect(world.execs.exec1).toMatchObject({ status: 'running', out: 'up\n' });
  });
});

describe('main session (contract 5.5)', () => {
  const primed = after(create(hold), attachMain());

  it('on Configured boots and runs nothing; start then shows the first byte', () => {
    expect(primed.boxes.box1).toMatchObject({ status: 'primed', runs: 0, code: null });
    expect(outcome(primed, read()).expect).toMatchObject({ out: { exactly: '' }, end: 'open' });
    expect(outcome(afterIn(primed, start()), read()).expect).toMatchObject({ out: { exactly: 'up\n' } });
  });

  it('is silent where the word decides and either word is right', () => {
    expect(isSilent(primed, stop())).toBe(true);
    expect(labels(primed, rm(false))).toEqual(['removed', 'refused:still-running']);
    expect(labels(primed, rm(true))).toEqual(['removed']);
  });

  it('ends without an exit frame being owed when the command cannot be started', () => {
    const failed = afterIn(after(create(missing), attachMain()), start());
    expect(statusOf(failed)).toBe('failed');
    expect(outcome(failed, read()).expect).toMatchObject({ end: { exitFrame: 'may', codes: [] } });
  });

  it.each<[string, World]>([
    ['Stopped', after(run(hold), stop())],
    ['Failed', after(run(missing))],
  ])('on %s is refused', (_, world) => {
    expect(labels(world, attachMain())).toEqual(['refused:attach-not-running']);
  });

  it('carries the code of the box, and frees its slot with it', () => {
    const world = after(run(gate), attachMain(), {
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
    expect(labels(afterIn(world, read()), attachMain('att2'))).toEqual([
      'attached',
      'refused:attach-not-running',
    ]);
  });

  it('keeps the end of an old run apart from the stream of a new one', () => {
    const ended = after(run(print('a', '', 3)), attachMain());
    const world = afterIn(ended, settle(), start());
    expect(outcome(world, read()).expect).toMatchObject({ end: { exitFrame: 'must', codes: [3] } });
    const old = afterIn(ended, attachMain('att2'), { op: 'stop', via: 'rest', on: ['box1'] });
    expect(outcome(old, read()).expect).toMatchObject({ end: { exitFrame: 'must', codes: [3] } });
    expect(outcome(old, read('att2')).expect).toMatchObject({ end: { exitFrame: 'may', codes: [3, 137] } });
  });
});
