import { describe, expect, it } from 'vitest';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import {
  attach,
  control,
  exec,
  gate,
  hold,
  onTerminal,
  print,
  resize,
  run,
  send,
  spawn,
  wait,
} from './fixtures/steps.ts';

const waiting = (rows: number, cols: number) => onTerminal(spawn({ do: 'terminal', rows, cols }));

describe('an execution with a terminal (contract 12.1)', () => {
  const world = reached(run(hold), waiting(40, 100));

  it('gets the size of a resize, and goes on with the one that it waits for', () => {
    expect(labels(world, resize(24, 80))).toEqual(['resized']);
    expect(onward(world, resize(24, 80))).toEqual(world);
    const after = onward(world, resize(40, 100));
    expect(after.execs.exec1).toMatchObject({ status: 'ending', codes: [0], out: '40 100\r\n' });
    expect(labels(after, resize(1, 1))).toEqual(['no-effect', 'refused:execution-over']);
    expect(labels(after, wait())).toEqual(['completed']);
  });

  it('gets its size by a frame as well, and no error of one', () => {
    const after = reached(run(hold), waiting(24, 80), attach(), control('resize'));
    expect(after.execs.exec1).toMatchObject({ status: 'ending', out: '24 80\r\n' });
    expect(after.attaches.att1?.errors).toEqual([]);
  });

  it('has one stream for both, with the line ends of a terminal', () => {
    expect(outcome(world, onTerminal(exec(print('a\nb', 'c\n', 7)))).expect).toEqual({
      is: 'ended',
      codes: [7],
      out: { exactly: 'a\r\nbc\r\n' },
      err: { exactly: '' },
    });
    const opened = reached(run(hold), onTerminal(spawn(gate)), exec({ do: 'open', gate: 'g1' }));
    expect(opened.execs.exec1).toMatchObject({ out: 'one\r\ntwo\r\n', err: '' });
  });

  it('is asked for over REST only', () => {
    for (const via of ['url', 'sdk'] as const)
      expect(saysNothing(world, onTerminal(exec(print('a'), via)))).toBe(true);
  });

  it('is not judged by what it is sent, or by complaints in its output', () => {
    for (const work of [{ do: 'cat' }, { do: 'mounts' }, { do: 'read', path: '/root/f1' }] as const)
      expect(saysNothing(world, onTerminal(exec(work)))).toBe(true);
    expect(saysNothing(world, { ...onTerminal(exec(print('a'))), stdin: 'unread\n' })).toBe(true);
    const attached = onward(world, attach());
    expect(saysNothing(attached, send('line\n'))).toBe(true);
    expect(saysNothing(attached, control('eof'))).toBe(true);
  });
});
