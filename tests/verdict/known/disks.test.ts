import { describe, expect, it } from 'vitest';
import type { Mount } from '../../../domain/mount.ts';
import { emptyWorld } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { holdsWhere, type Where } from '../../../verdict/known/where.ts';
import { onward } from '../../model/fixtures/play.ts';

const holds = (where: Where, step: Step, world = emptyWorld) => holdsWhere(where, step, world);

describe('the disk of a clone', () => {
  const made: Step[] = [
    { op: 'run', via: 'rest', as: 'box9' },
    { op: 'snapshot', on: 'box9', snapshot: 's1' },
    { op: 'stop', via: 'rest', on: ['box9'] },
    { op: 'clone', on: 'box9', as: 'box10' },
    { op: 'clone', on: 'box10', as: 'box11' },
  ];
  const remove = (box: string): Step => ({ op: 'rm', via: 'rest', on: [box], force: true });
  const lost = (box: string, ...steps: Step[]) =>
    holds({ baseGone: true }, { op: 'start', via: 'rest', on: [box] }, onward(emptyWorld, ...steps));

  it('loses what it stands on with a source that had a snapshot, however many clones are between', () => {
    expect(lost('box10', ...made)).toBe(false);
    expect(lost('box10', ...made, remove('box9'))).toBe(true);
    expect(lost('box11', ...made, remove('box9'))).toBe(true);
  });

  it('does not with one that had none, or none before it was cloned', () => {
    const without = made.filter(({ op }) => op !== 'snapshot');
    const late: Step = { op: 'snapshot', on: 'box9', snapshot: 's1' };
    expect(lost('box10', ...without, remove('box9'))).toBe(false);
    expect(lost('box10', ...without, late, remove('box9'))).toBe(false);
  });
});

it('a box for somebody else than root with a directory of the host within another one is told from others', () => {
  const outer = { kind: 'dir', host: 'h1', at: '/mnt/a' } as const;
  const inner = { kind: 'dir', host: 'h2', at: '/mnt/a/sub' } as const;
  const beside = { ...inner, at: '/mnt/ab' } as const;
  const asked = (mounts: Mount[], user?: 'nobody' | 'root'): boolean => {
    const box = { op: 'foreground', via: 'cli', as: 'box9', main: { do: 'mounts' } } as const;
    return holds({ nested: true, notRoot: true }, { ...box, mounts, ...(user && { user }) });
  };
  expect(asked([outer, inner], 'nobody')).toBe(true);
  expect(asked([inner, outer], 'nobody')).toBe(true);
  expect(asked([outer, beside], 'nobody')).toBe(false);
  expect(asked([outer, inner], 'root')).toBe(false);
  expect(asked([outer, inner])).toBe(false);
});

it('a part of a name is that of the box a step is about, not the one that it gives', () => {
  const called = (name: string | undefined, step: Step) =>
    holds(
      { box: { named: '/' } },
      step,
      onward(emptyWorld, { op: 'run', via: 'rest', as: 'box1', ...(name && { name }) }),
    );
  const exported: Step = { op: 'export', on: 'box1' };
  expect(['a/b', 'ab', undefined].map((name) => called(name, exported))).toEqual([true, false, false]);
  expect(called('ab', { op: 'import', via: 'rest', on: 'box1', as: 'box2', name: 'a/b' })).toBe(false);
});
