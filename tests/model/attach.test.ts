import { describe, expect, it } from 'vitest';
import { deadlines } from '../../domain/deadlines.ts';
import { labels, onward, outcome, predicted, reached, saysNothing, worldsAfter } from './fixtures/play.ts';
import {
  attach,
  attachMain,
  control,
  detach,
  exec,
  hold,
  kill,
  print,
  read,
  rm,
  run,
  send,
  signal,
  spawn,
  start,
  stop,
  wait,
} from './fixtures/steps.ts';

const held = reached(run(hold), spawn(hold));
const finished = reached(run(hold), spawn(print('out', 'err', 7)));
const feeding = reached(run(hold), spawn({ do: 'cat' }), attach());

describe('single attach (contract 5.4)', () => {
  it('gives a second client a 409 and leaves the first alone', () => {
    const world = onward(held, attach());
    expect(labels(world, attach('att2'))).toEqual(['refused:slot-taken']);
    expect(onward(world, attach('att2')).execs.exec1?.attachedBy).toBe('att1');
    expect(onward(world, attach('att2')).attaches.att2?.state).toBe('closed');
  });

  it('frees the slot at a Close at once, for a vanished client within 35 s', () => {
    const closed = predicted(onward(held, attach(), detach('close')), attach('att2'));
    expect(closed.outcomes.map(({ label }) => label)).toEqual(['attached']);
    expect(closed.pollMs).toBeUndefined();
    const dropped = predicted(onward(held, attach(), detach('drop')), attach('att2'));
    expect(dropped.outcomes.map(({ label }) => label)).toEqual(['attached']);
    expect(dropped.pollMs).toBe(deadlines.slotMs);
  });

  it('may or may not have freed the slot of a process that ends', () => {
    expect(labels(onward(finished, attach()), attach('att2'))).toEqual(['refused:slot-taken', 'attached']);
  });

  it('holds for the main session too', () => {
    const world = reached(run(hold), attachMain());
    expect(labels(world, attachMain('att2'))).toEqual(['refused:slot-taken']);
    expect(labels(onward(world, detach()), attachMain('att2'))).toEqual(['attached']);
  });
});

describe('reattach (contract 5.4)', () => {
  it('replays the backlog from its start and goes live', () => {
    const world = onward(feeding, send('a\n'), detach(), attach('att2'), send('b\n', 'att2'));
    const told = outcome(world, read('att2')).expect;
    expect(told).toMatchObject({ is: 'stream', out: { exactly: 'a\nb\n' }, end: 'open' });
  });

  it('after completion gives the same output and code, as often as wanted', () => {
    const again = onward(finished, attach(), read(), attach('att2'));
    const wanted = {
      out: { exactly: 'out' },
      err: { exactly: 'err' },
      end: { exitFrame: 'must', codes: [7] },
    };
    expect(outcome(onward(finished, attach()), read()).expect).toMatchObject(wanted);
    expect(outcome(again, read('att2')).expect).toMatchObject(wanted);
    expect(outcome(again, wait()).expect).toMatchObject({ status: 'completed', codes: [7] });
  });

  it('asks of a late client a suffix only, and of one cut off nothing that it may have missed', () => {
    const world = reached(run(hold), spawn({ do: 'flood', bytes: 300_000, code: 0 }), attach());
    expect(outcome(world, read()).expect).toMatchObject({ out: { atLeast: 128 * 1024 } });
    expect(outcome(onward(world, stop()), read()).expect).toMatchObject({ out: { anything: true } });
  });
});

describe('after a stop of the box (contract 5.4, 7.4)', () => {
  const stopped = onward(held, attach(), stop());

  it('ends live attaches, with a code of the cut and an exit frame that may be lost', () => {
    expect(outcome(stopped, read()).expect).toMatchObject({
      out: { prefixOf: 'up\n' },
      end: { exitFrame: 'may', codes: [-15, -9, -1] },
    });
  });

  it('keeps executions readable as completed, across a later start too', () => {
    for (const world of [stopped, onward(stopped, start())]) {
      expect(outcome(world, wait()).expect).toMatchObject({ status: 'completed', codes: [-15, -9, -1] });
      expect(labels(world, attach('att2'))).toContain('attached');
    }
  });

  it('lets an error take the place of the exit frame, and come before an answer to a frame', () => {
    const told = outcome(
      onward(held, attach(), control('no-type'), { op: 'stop', via: 'rest', on: ['box1'] }),
      read(),
    ).expect;
    expect(told).toMatchObject({
      errors: [{ optional: true }, { text: '', optional: true }],
      end: { exitFrame: 'may' },
    });
  });

  it('does not change what had already completed', () => {
    const world = onward(finished, wait(), stop());
    expect(outcome(world, wait()).expect).toMatchObject({ codes: [7] });
  });
});

describe('after a removal (contract 5.4, 8.5)', () => {
  it('ends live attaches and forgets every execution', () => {
    const gone = onward(finished, attach(), rm(true));
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
    expect(onward(held, signal(15)).execs.exec1?.codes).toEqual([-15]);
    const world = onward(reached(run(hold), spawn({ do: 'hold', out: '', onTerm: 5 })), signal(15));
    expect(world.execs.exec1?.codes).toEqual([5, -15]);
    expect(onward(held, signal(28))).toEqual(held);
  });

  it('leaves a command be that ignores TERM, unless the handler was not there yet, and ends it by any other', () => {
    const world = reached(run(hold), spawn({ do: 'hold', out: '', onTerm: 'ignored' }));
    const states = worldsAfter(world, signal(15)).map(({ execs }) => execs.exec1);
    expect(states.map((exec) => [exec?.status, exec?.codes])).toEqual([
      ['running', []],
      ['ending', [-15]],
    ]);
    expect(onward(world, signal(2)).execs.exec1?.codes).toEqual([-2]);
    const attached = onward(world, attach());
    expect(saysNothing(attached, { op: 'control', attach: 'att1', frame: 'signal' })).toBe(true);
  });

  it('says nothing of a command whose child has its streams, but of the end of its deadline', () => {
    const forking = { do: 'hold', out: '', forks: true } as const;
    const world = reached(run(hold), spawn(forking));
    expect(saysNothing(world, signal(15))).toBe(true);
    expect(labels(world, signal(28))).toEqual(['signalled']);
    expect(labels(world, kill())).toEqual(['killed']);
    expect(labels(world, { ...exec(forking), timeoutS: 1 })).toEqual(['timed-out']);
  });

  it('refuses 9, and on what may be over answers in any typed way', () => {
    expect(labels(held, signal(9))).toEqual(['refused:bad-signal']);
    expect(labels(onward(finished, wait()), signal(9))).toEqual([
      'refused:bad-signal',
      'no-effect',
      'refused:execution-over',
    ]);
    expect(labels(reached(), signal(9, '?bogus'))).toEqual(['refused:bad-signal-or-unknown']);
  });

  it('tells an attached client -9 and forgets the execution at a DELETE', () => {
    const world = onward(held, attach(), kill());
    expect(outcome(world, read()).expect).toMatchObject({ end: { exitFrame: 'must', codes: [-9] } });
    expect(labels(world, wait())).toEqual(['refused:unknown-execution']);
  });
});

describe('frames (contract 5.3)', () => {
  it('closes stdin at eof; a write after that may fail', () => {
    const world = reached(run(hold), spawn(hold), attach(), control('eof'), send('x'));
    expect(outcome(world, read()).expect).toMatchObject({
      errors: [{ text: 'stdin write failed', optional: true }],
      end: 'open',
    });
    expect(outcome(onward(feeding, send('a'), control('eof')), read()).expect).toMatchObject({
      out: { exactly: 'a' },
      end: { codes: [0] },
    });
  });

  it('answers bad frames with errors and stays open', () => {
    const world = onward(
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
    const world = onward(
      held,
      attach('att1', 'exec1', true),
      control('resize'),
      control('resize'),
      send('x'),
    );
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
