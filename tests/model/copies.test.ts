import { describe, expect, it } from 'vitest';
import { deadlines } from '../../domain/deadlines.ts';
import type { Mount } from '../../domain/mount.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing } from './fixtures/play.ts';
import {
  copyIn,
  copyOut,
  create,
  exec,
  hold,
  print,
  run,
  settle,
  stop,
  withMounts,
} from './fixtures/steps.ts';

const ending = (): World => reached(run(print('', '', 7)));

describe('cp puts a box that it had to boot back as it was (contract 2.1)', () => {
  const without = (world: World) => ({ ...world.boxes.box1, disk: {}, hasDisk: 'yes' });

  it.each<[string, Step[], object]>([
    ['never started', [create(undefined, 'cli')], {}],
    ['stopped', [run(undefined, 'cli'), stop('cli')], { code: 'any' }],
    ['running', [run(undefined, 'cli')], {}],
  ])('%s', (_, before, changed) => {
    const world = reached(...before);
    expect(without(onward(world, copyIn('/root/f1', 'cli')))).toEqual({ ...without(world), ...changed });
    expect(without(onward(world, copyOut('/root/f1', 'cli')))).toEqual({ ...without(world), ...changed });
  });

  it('over REST it stays up, with one more run', () => {
    const world = reached(run(), stop(), copyIn('/root/f1'));
    expect(world.boxes.box1).toMatchObject({ status: 'running', code: null, runs: 2 });
  });

  it('in one whose run has ended, the word being late, nothing else happens', () => {
    const local = reached(run(print('', '', 7), 'cli'));
    for (const { next } of predicted(local, copyOut('/root/f1', 'cli')).outcomes) expect(next).toEqual(local);
  });
});

describe('cp that meets the end of a run (contract 7.1)', () => {
  it('reads, or is refused', () => {
    expect(labels(ending(), copyOut('/root/f1'))).toEqual([
      'refused:copy-source-missing',
      'refused:box-ended',
    ]);
    const world = reached(run({ do: 'write', path: '/root/f1', data: 'x' }));
    expect(labels(world, copyOut('/root/f1'))).toEqual(['copied', 'refused:box-ended']);
    expect(labels(reached(run(hold)), copyOut('/root/f1'))).toEqual(['refused:copy-source-missing']);
  });

  it('says nothing of what it leaves, and about which of two mistakes is told', () => {
    expect(saysNothing(ending(), copyIn('/root/f1'))).toBe(true);
    expect(saysNothing(ending(), copyIn('/tmp/f1'))).toBe(true);
    expect(saysNothing(ending(), copyOut('/tmp/f1'))).toBe(true);
    expect(saysNothing(onward(ending(), settle()), copyIn('/root/f1'))).toBe(false);
  });
});

describe('cp has no prediction', () => {
  it('about the empty name', () => {
    expect(saysNothing(reached(run(hold)), copyIn('/root/f1', 'rest', '?'))).toBe(true);
    expect(labels(reached(run(hold)), copyIn('/root/f1', 'rest', '?x'))).toEqual(['refused:unknown-box']);
  });

  it('over the CLI about a name with a colon, where the word for the path is split', () => {
    const named = (via: 'cli' | 'url', name: string): Step[] => [
      { op: 'create', via, as: 'box1', name },
      { ...copyIn('/root/f1', via), by: 'name' } as Step,
    ];
    for (const via of ['cli', 'url'] as const) {
      const [create, copy] = named(via, 'a:b') as [Step, Step];
      expect(saysNothing(reached(create), copy)).toBe(true);
      expect(labels(reached(create), copyIn('/root/f1', via))).toEqual(['copied']);
      expect(saysNothing(reached(), copyIn('/root/f1', via, '?a:b'))).toBe(true);
      expect(labels(reached(named(via, '../x')[0] as Step), copy)).toEqual(['copied']);
    }
    const [create, copy] = named('url', 'a:b') as [Step, Step];
    expect(labels(reached(create), { ...copy, via: 'rest' } as Step)).toEqual(['copied']);
  });

  it('about a directory on the way in, not on the way out', () => {
    const world = reached(run(hold));
    expect(saysNothing(world, copyIn('/no/such/f'))).toBe(true);
    expect(labels(world, copyOut('/no/such/f'))).toEqual(['refused:copy-source-missing']);
  });
});

describe('paths of a box (contract 0, 2.8, 6.3)', () => {
  const write = (path: string): Step => exec({ do: 'write', path, data: 'w' }, 'cli');
  const read = (path: string): Step => exec({ do: 'read', path }, 'cli');
  const outer: Mount = { kind: 'dir', host: 'h1', at: '/mnt/a' };
  const inner: Mount = { kind: 'dir', host: 'h2', at: '/mnt/a/sub' };
  const mounted = (...mounts: Mount[]) => reached(withMounts(run(hold, 'cli'), ...mounts));

  it('belong to the deepest mount, in whichever order they were asked for', () => {
    for (const mounts of [
      [outer, inner],
      [inner, outer],
    ]) {
      const world = onward(mounted(...mounts), write('/mnt/a/sub/g'), write('/mnt/a/g'));
      expect(world.hosts).toEqual({
        h1: { marker: 'marker of h1\n', g: 'w', 'sub/': '' },
        h2: { marker: 'marker of h2\n', g: 'w' },
      });
    }
  });

  it('of two mounts at one place the later one shows', () => {
    const world = onward(mounted({ ...inner, at: '/mnt/a' }, outer), write('/mnt/a/g'));
    expect(world.hosts).toEqual({
      h1: { marker: 'marker of h1\n', g: 'w' },
      h2: { marker: 'marker of h2\n' },
    });
  });

  it('of a single file are the marker of its directory', () => {
    const single: Mount = { kind: 'file', host: 'h1', at: '/mnt/one' };
    const world = mounted(single);
    expect(outcome(world, read('/mnt/one')).expect).toMatchObject({ out: { exactly: 'marker of h1\n' } });
    expect(onward(world, write('/mnt/one')).hosts).toEqual({ h1: { marker: 'w' } });
    expect(labels(world, copyIn('/mnt/one', 'cli'))).toEqual(['refused:copy-on-mount']);
    expect(outcome(world, write('/mnt/one/g')).expect).toMatchObject({ codes: 'nonzero' });
    expect(onward(mounted({ ...single, mode: 'ro' }), write('/mnt/one')).hosts).toEqual({
      h1: { marker: 'marker of h1\n' },
    });
  });

  it('of anonymous volumes belong to one box and one path each', () => {
    const at = (path: string): Mount => ({ kind: 'anonymous', at: path });
    const world = onward(
      mounted(at('/mnt/b'), at('/mnt/c')),
      withMounts(run(hold, 'cli', 'box2'), at('/mnt/b')),
      write('/mnt/b/g'),
    );
    const shown = (on: string, path: string) => outcome(world, exec({ do: 'read', path }, 'cli', on)).expect;
    expect(shown('box1', '/mnt/b/g')).toMatchObject({ codes: [0], out: { exactly: 'w' } });
    expect(shown('box1', '/mnt/c/g')).toMatchObject({ codes: [1] });
    expect(shown('box2', '/mnt/b/g')).toMatchObject({ codes: [1] });
    expect(labels(world, copyIn('/mnt/b/g', 'cli'))).toEqual(['refused:copy-on-mount']);
  });

  it('need a directory to lie in: one of the image, or a mount', () => {
    const world = mounted(outer);
    const fails = (path: string) => outcome(world, write(path)).expect;
    for (const path of ['/root/f', '/mnt/f', '/tmp/f', '/dev/shm/f', '/mnt/a/f'])
      expect(fails(path), path).toMatchObject({ codes: [0] });
    for (const path of ['/root/x/f', '/mnt/a/x/f', '/mnt/b/f'])
      expect(fails(path), path).toMatchObject({ codes: 'nonzero' });
  });

  it.each([
    ['/tmp', true],
    ['/tmp/a/b', true],
    ['/dev/shm', true],
    ['/etc/hostname', true],
    ['/etc/resolv.conf', true],
    ['/tmpx', false],
    ['/etc/hostsx', false],
    ['/root/tmp/x', false],
  ])('%s is refused by cp: %s', (path, refused) => {
    const step = copyOut(path, 'cli');
    const reason = refused ? 'copy-on-mount' : 'copy-source-missing';
    expect(labels(mounted(), step)).toEqual([`refused:${reason}`]);
  });
});

describe('what happens on the host', () => {
  const write: Step = { op: 'host-write', host: 'h1', file: 'f', data: 'x' };
  const read = (file: string): Step => ({ op: 'host-read', host: 'h1', file });

  it('is a directory with a marker from its first use on, and every file written', () => {
    expect(predicted(reached(), write)).toEqual({
      deadlineMs: deadlines.readMs,
      outcomes: [
        {
          label: 'written',
          expect: { is: 'done' },
          next: { ...reached(), hosts: { h1: { marker: 'marker of h1\n', f: 'x' } } },
        },
      ],
    });
    const two = reached(write, { ...write, host: 'h2' }, { ...write, file: 'g' });
    expect(two.hosts.h1).toEqual({ marker: 'marker of h1\n', f: 'x', g: 'x' });
    expect(two.hosts.h2).toEqual({ marker: 'marker of h2\n', f: 'x' });
  });

  it('is read as it is; a file nobody wrote is not there', () => {
    const told = (before: Step[], file: string) => outcome(reached(...before), read(file));
    expect(told([write], 'f')).toEqual({
      label: 'read',
      expect: { is: 'bytes', data: { exactly: 'x' } },
      next: reached(write),
    });
    expect(told([], 'marker').expect).toEqual({ is: 'bytes', data: { exactly: 'marker of h1\n' } });
    expect(told([], 'f').expect).toEqual({ is: 'bytes', data: null });
    expect(told([{ ...write, host: 'h2' }], 'f').next.hosts).toEqual({
      h1: { marker: 'marker of h1\n' },
      h2: { marker: 'marker of h2\n', f: 'x' },
    });
  });
});
