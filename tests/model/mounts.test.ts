import { describe, expect, it } from 'vitest';
import { utf8 } from '../../domain/bytes.ts';
import type { Mount } from '../../domain/mount.ts';
import type { BytesExpect } from '../../model/expect.ts';
import { bytesDifference } from '../../model/match-bytes.ts';
import { profileFor } from '../../model/profile.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step, Surface } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing } from './fixtures/play.ts';
import { copyIn, copyOut, create, exec, hold, rm, run, start, stop, withMounts } from './fixtures/steps.ts';

const dir: Mount = { kind: 'dir', host: 'h1', at: '/mnt/a' };
const readonlyDir: Mount = { ...dir, mode: 'ro' };
const mounted = (...mounts: Mount[]): World => reached(withMounts(run(hold, 'cli'), ...mounts));
const write = (path: string): Step => exec({ do: 'write', path, data: 'w' }, 'cli');
const readOf = (world: World, path: string) => outcome(world, exec({ do: 'read', path }, 'cli')).expect;
const hostRead = (file: string): Step => ({ op: 'host-read', host: 'h1', file });

describe('volumes by surface (contract 6.2)', () => {
  it.each<[Surface, Mount, string]>([
    ['cli', dir, 'running'],
    ['cli', { kind: 'file', host: 'h1', at: '/mnt/one' }, 'running'],
    ['cli', { kind: 'anonymous', at: '/mnt/b' }, 'running'],
    ['cli', { kind: 'managed', name: 'data', at: '/mnt/a' }, 'refused:mount-managed'],
    ['cli', { kind: 'missing', at: '/mnt/a' }, 'refused:mount-source-missing'],
    ['cli', { kind: 'malformed', how: 'empty' }, 'refused:mount-malformed'],
    ['url', dir, 'refused:mount-by-client'],
    ['url', { kind: 'anonymous', at: '/mnt/b' }, 'refused:mount-by-client'],
    ['url', { kind: 'managed', name: 'data', at: '/mnt/a' }, 'refused:mount-by-server'],
    ['url', { kind: 'malformed', how: 'empty' }, 'refused:mount-malformed'],
    ['rest', dir, 'refused:mount-by-server'],
    ['rest', { kind: 'managed', name: 'data', at: '/mnt/a' }, 'refused:mount-by-server'],
  ])('over %s %j: %s', (via, mount, label) => {
    expect(labels(emptyWorld, withMounts(run(hold, via), mount))).toEqual([label]);
    const { next } = outcome(emptyWorld, withMounts(run(hold, via), mount));
    expect(next.boxes.box1?.status).toBe(label === 'running' ? 'running' : 'removed');
  });

  it('lets a client with --url refuse a malformed host path as malformed or as a host path', () => {
    const step = withMounts(run(hold, 'url'), { kind: 'malformed', how: 'option' });
    expect(labels(emptyWorld, step)).toEqual(['refused:mount-malformed', 'refused:mount-by-client']);
  });

  it('lets either of two mistakes be told', () => {
    const world = reached({ ...run(hold, 'cli'), name: 'a' });
    const step = {
      ...withMounts(run(hold, 'cli', 'box2'), { kind: 'missing', at: '/mnt/x' } as Mount),
      name: 'a',
    };
    expect(labels(world, step)).toEqual(['refused:mount-source-missing', 'refused:name-taken']);
  });

  it('is dropped silently by the server of june-2026, host paths only', () => {
    const { profile } = profileFor('june-2026');
    const { next } = predicted(emptyWorld, withMounts(run(hold), dir), profile).outcomes[0];
    expect(next.boxes.box1).toMatchObject({ status: 'running', mounts: [], asked: ['/mnt/a'] });
    expect(predicted(next, exec({ do: 'mounts' }), profile).outcomes[0].expect).toMatchObject({
      out: { mounts: [], hidden: ['/mnt/a'] },
    });
    const managed = withMounts(run(hold), { kind: 'managed', name: 'd', at: '/mnt/a' });
    expect(() => predicted(emptyWorld, managed, profile)).toThrow('says nothing');
  });
});

describe('what a mount does (contract 6.3)', () => {
  it('shows the same bytes on both sides, both ways, across runs and after removal', () => {
    const world = onward(mounted(dir), write('/mnt/a/g'), stop('cli'), start('cli'));
    expect(readOf(world, '/mnt/a/g')).toMatchObject({ out: { exactly: 'w' } });
    expect(readOf(world, '/mnt/a/marker')).toMatchObject({ out: { exactly: 'marker of h1\n' } });
    expect(outcome(onward(world, rm(true, 'cli')), hostRead('g')).expect).toMatchObject({
      data: { exactly: 'w' },
    });
    const written = onward(world, { op: 'host-write', host: 'h1', file: 'g', data: 'h' });
    expect(readOf(written, '/mnt/a/g')).toMatchObject({ out: { exactly: 'h' } });
  });

  it('refuses writes where it is ro, whatever else is mounted', () => {
    const world = mounted(readonlyDir, { ...dir, at: '/mnt/b', mode: 'rw' });
    expect(outcome(world, write('/mnt/a/g')).expect).toMatchObject({ codes: 'nonzero' });
    expect(onward(world, write('/mnt/a/g'))).toEqual(world);
    expect(readOf(onward(world, write('/mnt/b/g')), '/mnt/a/g')).toMatchObject({ out: { exactly: 'w' } });
  });

  it('nested mounts each show at their own path', () => {
    const world = mounted(dir, { kind: 'dir', host: 'h2', at: '/mnt/a/sub' });
    expect(readOf(world, '/mnt/a/sub/marker')).toMatchObject({ out: { exactly: 'marker of h2\n' } });
    expect(readOf(world, '/mnt/a/marker')).toMatchObject({ out: { exactly: 'marker of h1\n' } });
  });

  it('a nested mount leaves its mount point in a writable directory of the host, from its first boot on', () => {
    const nested: Mount = { kind: 'dir', host: 'h2', at: '/mnt/a/sub' };
    const other = withMounts(run(hold, 'cli', 'box2'), dir);
    const writing = exec({ do: 'write', path: '/mnt/a/sub/g', data: 'w' }, 'cli', 'box2');
    const codesAfter = (...steps: Step[]) => outcome(reached(...steps, other), writing).expect;
    expect(codesAfter(withMounts(run(hold, 'cli'), dir, nested))).toMatchObject({ codes: [0] });
    const foreground = withMounts(
      { op: 'foreground', via: 'cli', as: 'box1', main: { do: 'mounts' } },
      dir,
      nested,
    );
    expect(codesAfter(foreground)).toMatchObject({ codes: [0] });
    for (const without of [
      withMounts(create(undefined, 'cli'), dir, nested),
      withMounts(run(hold, 'cli'), readonlyDir, nested),
    ])
      expect(codesAfter(without)).toMatchObject({ codes: 'nonzero' });
  });

  it('an anonymous volume belongs to its box alone', () => {
    const world = onward(mounted({ kind: 'anonymous', at: '/mnt/b' }), write('/mnt/b/g'));
    expect(readOf(world, '/mnt/b/g')).toMatchObject({ out: { exactly: 'w' } });
    expect(world.hosts.h1).toBeUndefined();
  });

  it('a write where there is no directory fails and leaves nothing', () => {
    const world = reached(run(hold, 'cli'));
    expect(outcome(world, write('/mnt/a/g')).expect).toMatchObject({ codes: 'nonzero' });
    expect(onward(world, write('/mnt/a/g'))).toEqual(world);
  });

  it('is invisible to other boxes and where it was refused', () => {
    const world = onward(mounted(dir), run(hold, 'cli', 'box2'));
    expect(outcome(world, exec({ do: 'mounts' }, 'cli', 'box2')).expect).toMatchObject({
      out: { mounts: [], hidden: ['/mnt/a'] },
    });
  });
});

describe('/proc/mounts', () => {
  const wanted: BytesExpect = { mounts: [{ at: '/mnt/a', mode: 'ro' }], hidden: ['/mnt/b'] };
  it.each<[string, string | null]>([
    ['root / ext4 rw 0 0\nvol0 /mnt/a virtiofs ro,relatime 0 0\n', null],
    ['vol0 /mnt/a virtiofs rw,relatime 0 0\n', '/mnt/a is mounted rw, not ro'],
    ['vol0 /mnt/a ext4 ro 0 0\n', '/mnt/a is a ext4 mount, not virtiofs'],
    ['vol0 /mnt/aa virtiofs ro 0 0\n', '/proc/mounts has no line for /mnt/a'],
    [
      'v /mnt/a virtiofs ro 0 0\nv /mnt/b virtiofs ro 0 0\n',
      '/proc/mounts shows /mnt/b, which must stay hidden',
    ],
  ])('%j: %s', (seen, difference) => {
    expect(bytesDifference('stdout', wanted, seen)).toBe(difference);
  });

  it('has paths beyond ASCII as UTF-8', () => {
    const line = utf8('v /mnt/grüße virtiofs ro 0 0\n');
    const at = '/mnt/grüße';
    expect(bytesDifference('stdout', { mounts: [{ at, mode: 'ro' }], hidden: [] }, line)).toBeNull();
    expect(bytesDifference('stdout', { mounts: [], hidden: [at] }, line)).toContain('must stay hidden');
  });
});

describe('cp and files (contract 2.8)', () => {
  const world = reached(run(hold, 'cli'), run(hold, 'rest', 'box2'));
  const box = (via: Surface) => (via === 'cli' ? 'box1' : 'box2');

  it.each<[string, string]>([
    ['', 'refused:copy-empty'],
    ['/root/../etc/x', 'refused:copy-dotdot'],
    ['/tmp/f3', 'refused:copy-on-mount'],
    ['/dev/shm/x', 'refused:copy-on-mount'],
    ['/etc/hosts', 'refused:copy-on-mount'],
    ['/root/f1', 'copied'],
  ])('into %j: %s', (path, label) => {
    for (const via of ['cli', 'url', 'rest'] as const)
      expect(labels(world, copyIn(path, via, box(via)))).toEqual([label]);
  });

  it('gives back the bytes, and a refusal for what is not there', () => {
    const copied = onward(world, copyIn('/root/f1', 'cli'));
    expect(outcome(copied, copyOut('/root/f1', 'cli')).expect).toEqual({
      is: 'bytes',
      data: { exactly: 'copied\0' },
    });
    expect(labels(world, copyOut('/root/f1', 'cli'))).toEqual(['refused:copy-source-missing']);
  });

  it('lets either of two mistakes be told: the box, or the path', () => {
    expect(labels(world, copyIn('', 'cli', '?nobody'))).toEqual([
      'refused:unknown-box',
      'refused:copy-empty',
    ]);
    expect(labels(world, copyOut('/root/f1', 'cli', '?nobody'))).toEqual(['refused:unknown-box']);
    const failed = reached(run({ do: 'missing' }));
    expect(labels(failed, copyIn('/tmp/f3'))).toEqual(['refused:copy-on-mount', 'refused:failed-box']);
  });

  it('says nothing of a directory that would have to be made', () => {
    expect(saysNothing(world, copyIn('/mnt/a/g', 'cli'))).toBe(true);
  });

  it('refuses paths at or under a volume', () => {
    expect(labels(mounted(dir), copyOut('/mnt/a/marker', 'cli'))).toEqual(['refused:copy-on-mount']);
  });
});

describe('names (contract 0, 2.2, 7.8)', () => {
  it('are unique within a home whatever the state, and free after removal', () => {
    const world = reached({ ...create(undefined, 'rest'), name: 'a' });
    const second = { ...create(undefined, 'url', 'box2'), name: 'a' };
    expect(labels(world, second)).toEqual(['refused:name-taken']);
    expect(onward(world, second).boxes.box1).toEqual(world.boxes.box1);
    expect(labels(world, { ...second, via: 'cli' })).toEqual(['created']);
    expect(labels(onward(world, rm(false)), second)).toEqual(['created']);
  });

  it('a job box is not created by the CLI, whose rootfs form takes no command', () => {
    expect(saysNothing(emptyWorld, create(hold, 'cli'))).toBe(true);
    expect(saysNothing(emptyWorld, create(hold, 'rest'))).toBe(false);
  });
});
