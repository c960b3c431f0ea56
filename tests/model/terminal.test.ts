import { describe, expect, it } from 'vitest';
import type { Work } from '../../domain/work.ts';
import { emptyWorld } from '../../model/world.ts';
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

  it('is asked for by no SDK', () => {
    expect(saysNothing(world, onTerminal(exec(print('a'), 'sdk')))).toBe(true);
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

describe('a client that runs on a terminal (contract 2.2, 2.4, 12.1)', () => {
  const world = reached(run(hold));
  const terminal = { rows: 40, cols: 100 };
  const onOwn = (work: Work, more = {}) => ({ ...onTerminal(exec(work, 'url')), terminal, ...more });
  const shown = (step: ReturnType<typeof onOwn>) => outcome(world, step).expect;

  it('has the one stream of its command, with its line ends, and its code', () => {
    expect(shown(onOwn(print('a\n', 'b\n', 7)))).toMatchObject({
      codes: [7],
      out: { exactly: 'a\r\nb\r\n' },
    });
  });

  it('types a line, which the terminal shows before the command does', () => {
    expect(shown(onOwn({ do: 'cat' }, { stdin: 'in\n' }))).toMatchObject({
      codes: [0],
      out: { exactly: 'in\r\nin\r\n' },
    });
    for (const stdin of ['', 'in', 'a\nb\n', '\x03\n'])
      expect(saysNothing(world, onOwn({ do: 'cat' }, { stdin }))).toBe(true);
    expect(saysNothing(world, onOwn(print('a'), { stdin: 'in\n' }))).toBe(true);
  });

  it('gives its size to its command, and the later one too', () => {
    const resized = { rows: 5, cols: 9 };
    const both = { terminal: { ...terminal, resized } };
    expect(shown(onOwn({ do: 'terminal', ...terminal }))).toMatchObject({ out: { exactly: '40 100\r\n' } });
    expect(shown(onOwn({ do: 'terminal', ...terminal, resized }, both))).toMatchObject({
      out: { exactly: '40 100\r\n5 9\r\n' },
    });
    expect(saysNothing(world, onOwn({ do: 'terminal', ...resized }))).toBe(true);
    expect(saysNothing(world, onOwn(print('a'), both))).toBe(true);
  });

  it('is refused a terminal where it has none itself, or told what else is wrong', () => {
    expect(labels(world, onTerminal(exec(print('a'), 'url')))).toEqual(['refused:no-terminal']);
    expect(labels(emptyWorld, onTerminal(exec(print('a'), 'url')))).toEqual([
      'refused:no-terminal',
      'refused:unknown-box',
    ]);
    const asked = { op: 'foreground', via: 'cli', as: 'box2', main: print('a'), tty: true } as const;
    expect(labels(world, asked)).toEqual(['refused:no-terminal']);
    expect(outcome(world, { ...asked, terminal }).next.boxes.box2).toMatchObject({
      status: 'stopped',
      tty: true,
    });
  });

  it('is nothing to a box that is detached, and nothing of REST', () => {
    const detached = { ...run(hold), via: 'cli', terminal } as const;
    expect(labels(emptyWorld, detached)).toEqual(['running']);
    expect(saysNothing(emptyWorld, { ...detached, via: 'rest' })).toBe(true);
    expect(saysNothing(world, { ...exec(print('a')), terminal })).toBe(true);
  });
});
