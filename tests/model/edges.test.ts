import { describe, expect, it } from 'vitest';
import type { Mount } from '../../domain/mount.ts';
import { profileFor } from '../../model/profile.ts';
import { meansUnclear } from '../../model/unclear.ts';
import { type Box, emptyWorld, type World, withAttach, withBox, withExec } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing } from './fixtures/play.ts';
import {
  attach,
  attachMain,
  copyIn,
  create,
  detach,
  foreground,
  hold,
  inspect,
  list,
  named,
  print,
  read,
  rm,
  run,
  spawn,
  start,
  stop,
  wait,
  withMounts,
} from './fixtures/steps.ts';

describe('a change to what is not there is a mistake of the caller', () => {
  it.each([
    ['model: no box box9', () => withBox(emptyWorld, 'box9', {})],
    ['model: no execution exec9', () => withExec(emptyWorld, 'exec9', {})],
    ['model: no attach att9', () => withAttach(emptyWorld, 'att9', {})],
  ])('%s', (message, change) => {
    expect(change).toThrow(message);
  });
});

describe('a box that is being removed behind everybody’s back', () => {
  const there = (): World =>
    reached(named(run(hold), 'alpha'), spawn(hold), attach(), run(hold, 'rest', 'box2'), attachMain('att2'));
  const leaving = (): World => {
    const world = there();
    return { ...world, boxes: { ...world.boxes, box1: { ...(world.boxes.box1 as Box), status: 'leaving' } } };
  };
  const other = { ...spawn(hold, 'exec2'), on: 'box2' };

  it.each<[Step, boolean]>([
    [wait(), true],
    [wait('exec9'), false],
    [read('att1'), true],
    [read('att2'), true],
    [read('att9'), false],
    [other, false],
    [inspect('rest', 'box2'), false],
    [stop('rest', 'box2'), false],
    [start('url', 'box2', 'box1'), true],
    [create(undefined, 'rest', 'box3'), false],
    [named(create(undefined, 'rest', 'box3'), 'alpha'), true],
    [named(create(undefined, 'cli', 'box3'), 'alpha'), false],
    [named(run(undefined, 'url', 'box3'), 'beta'), false],
    [list(true), false],
    [{ op: 'host-read', host: 'h1', file: 'f' }, false],
  ])('%j depends on it: %s', (step, depends) => {
    expect(meansUnclear(leaving(), step)).toBe(depends);
    expect(meansUnclear(there(), step)).toBe(false);
    if (depends) expect(saysNothing(leaving(), step)).toBe(true);
  });

  it('is seen once more in any of four words by whoever lists all, and then as long as it likes', () => {
    const states = ['running', 'stopped', 'stopping', 'failed'].map((status) => ({ status, code: 'any' }));
    const box1 = { handle: 'box1', name: 'alpha', states };
    const { expect: told, next } = outcome(leaving(), list(true));
    expect(told).toMatchObject({ boxes: [box1, { handle: 'box2' }], optional: [] });
    expect(outcome(leaving(), list(false, 'url')).expect).toMatchObject({
      boxes: [{ handle: 'box2' }],
      optional: [box1],
    });
    expect(next.boxes.box1?.status).toBe('unclear');
    expect(outcome(next, list(true)).expect).toMatchObject({
      boxes: [{ handle: 'box2' }],
      optional: [{ handle: 'box1' }],
    });
    expect(outcome(next, list(true)).next).toBe(next);
  });
});

describe('what older servers drop silently is known for host paths alone (contract 10)', () => {
  const { profile } = profileFor('june-2026');
  const dropped = (...mounts: Mount[]) => {
    const steps = [run(hold), create(), foreground(print('x'))].map((step) => withMounts(step, ...mounts));
    return steps.map((step) => {
      try {
        return predicted(emptyWorld, step, profile).outcomes[0].label;
      } catch {
        return 'nothing';
      }
    });
  };
  const made = ['running', 'created', 'ran'];
  const nothing = ['nothing', 'nothing', 'nothing'];

  it.each<[string, Mount[], string[]]>([
    ['nothing', [], made],
    ['a directory', [{ kind: 'dir', host: 'h1', at: '/mnt/a' }], made],
    ['a file', [{ kind: 'file', host: 'h1', at: '/mnt/a' }], made],
    ['a path that is not there', [{ kind: 'missing', at: '/mnt/a' }], made],
    ['a managed volume', [{ kind: 'managed', name: 'v', at: '/mnt/a' }], nothing],
    ['an anonymous one', [{ kind: 'anonymous', at: '/mnt/a' }], nothing],
    ['a malformed one', [{ kind: 'malformed', how: 'empty' }], nothing],
    [
      'one of each',
      [
        { kind: 'dir', host: 'h1', at: '/mnt/a' },
        { kind: 'anonymous', at: '/mnt/b' },
      ],
      nothing,
    ],
  ])('%s', (_, mounts, wanted) => {
    expect(dropped(...mounts)).toEqual(wanted);
  });

  it('by today’s server everything is refused, by the CLI nothing is dropped', () => {
    const step = withMounts(run(hold), { kind: 'anonymous', at: '/mnt/a' } as Mount);
    expect(labels(emptyWorld, step)).toEqual(['refused:mount-by-server']);
    expect(predicted(emptyWorld, { ...step, via: 'cli' }, profile).outcomes[0].label).toBe('running');
  });

  it('the first mount that is wrong is told', () => {
    const step = withMounts(
      run(hold, 'cli'),
      { kind: 'dir', host: 'h1', at: '/mnt/a' } as Mount,
      {
        kind: 'missing',
        at: '/mnt/b',
      } as Mount,
    );
    expect(labels(emptyWorld, step)).toEqual(['refused:mount-source-missing']);
    const world = onward(emptyWorld, step);
    expect(world.boxes.box1).toMatchObject({ status: 'removed', mounts: [], asked: ['/mnt/a', '/mnt/b'] });
    expect(world.hosts).toEqual({});
  });
});

describe('creation', () => {
  it.each([
    ['unknown-key', 'refused:create-flaw'],
    ['wrong-type', 'refused:create-flaw'],
    ['two-images', 'refused:create-two-images'],
  ] as const)('with %s is refused over REST, and no other surface can ask for it', (flaw, label) => {
    const step: Step = { ...create(), flaw };
    expect(labels(emptyWorld, step)).toEqual([label]);
    expect(onward(emptyWorld, step).boxes.box1?.status).toBe('removed');
    for (const via of ['cli', 'url'] as const) expect(saysNothing(emptyWorld, { ...step, via })).toBe(true);
    const taken = reached(named(create(), 'alpha'));
    expect(labels(taken, { ...step, as: 'box2', name: 'alpha' })).toEqual([label, 'refused:name-taken']);
  });

  it('takes a name that nobody has, and only that one is taken', () => {
    const world = reached(named(run(hold), 'a'), named(run(hold, 'rest', 'box2'), 'b'));
    expect(labels(world, named(run(hold, 'rest', 'box3'), 'b'))).toEqual(['refused:name-taken']);
    expect(labels(world, named(run(hold, 'rest', 'box3'), 'c'))).toEqual(['running']);
    expect(labels(world, run(hold, 'rest', 'box3'))).toEqual(['running']);
    expect(labels(world, { ...foreground(print('x')), as: 'box3', name: 'a' })).toEqual([
      'refused:name-taken',
    ]);
  });

  it('makes host directories with their marker, once', () => {
    const dir: Mount = { kind: 'dir', host: 'h1', at: '/mnt/a' };
    const step = withMounts(
      run(hold, 'cli'),
      dir,
      { kind: 'file', host: 'h2', at: '/mnt/b' } as Mount,
      {
        kind: 'anonymous',
        at: '/mnt/c',
      } as Mount,
    );
    const world = reached(step);
    expect(world.hosts).toEqual({ h1: { marker: 'marker of h1\n' }, h2: { marker: 'marker of h2\n' } });
    const changed: Step = { op: 'host-write', host: 'h1', file: 'marker', data: 'x' };
    const again = withMounts(run(hold, 'cli', 'box2'), dir);
    expect(onward(world, changed, again).hosts.h1).toEqual({ marker: 'x' });
  });

  it('in the foreground says what ran, and says nothing where nothing would end or --rm is not a word', () => {
    expect(labels(emptyWorld, foreground(print('x')))).toEqual(['ran']);
    expect(saysNothing(emptyWorld, foreground(hold))).toBe(true);
    expect(saysNothing(emptyWorld, { ...foreground(print('x')), rm: true })).toBe(true);
    expect(labels(emptyWorld, { ...foreground(print('x'), 'url'), rm: true })).toEqual(['ran']);
  });

  it('in the foreground keeps what the command wrote and counted', () => {
    expect(reached(foreground(print('o', 'e', 7))).boxes.box1).toMatchObject({
      status: 'ending',
      code: 7,
      out: 'o',
      err: 'e',
      runs: 1,
    });
    expect(outcome(emptyWorld, foreground({ do: 'runs' })).expect).toMatchObject({
      out: { exactly: 'r\n' },
    });
  });
});

describe('a main session that ended', () => {
  it('keeps its end when the box is stopped or removed later', () => {
    const world = reached(run(print('o', '', 7)), attachMain(), read());
    const closed = reached(run(hold), attachMain(), detach());
    for (const step of [stop(), rm(true)]) {
      expect(onward(world, step).attaches).toEqual(world.attaches);
      expect(onward(closed, step).attaches).toEqual(closed.attaches);
    }
  });

  it('does not last into another run over REST files', () => {
    const world = reached(run(), attachMain(), stop(), copyIn('/root/f1'));
    expect(world.boxes.box1).toMatchObject({ status: 'running', attachedBy: null });
  });
});

describe('versions (contract 10)', () => {
  it.each([
    ['0.10.10', '0.10.8'],
    ['0.11.1', '0.11.0'],
    ['0.10.6', '0.10.0'],
    ['0.2.20', '0.10.0'],
    ['10.0.0', '0.11.0'],
    ['boxlite 0.10.0', '0.11.0'],
  ])('%s is nearest to %s', (version, id) => {
    expect(profileFor(version).profile.id).toBe(id);
  });
});
