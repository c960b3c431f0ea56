import { expect, it } from 'vitest';
import { rules } from '../../../../bench/harness/reference.ts';
import { emptyWorld, type World } from '../../../../model/world.ts';
import type { Step } from '../../../../program/step.ts';
import { alike, boxOf, variants } from '../../../../search/coverage/guide/steps.ts';
import { predict } from '../../../../search/worlds/rules.ts';
import { worldAfter } from '../../fixtures/told.ts';

const made: Step[] = [
  { op: 'run', via: 'rest', as: 'box1', name: 'beta' },
  { op: 'run', via: 'rest', as: 'box2' },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'attach-main', as: 'att2', on: 'box2' },
];
const world = worldAfter(...made);

/** The world after the usual outcome of a step; the same where the contract says nothing. */
const after = (before: World, step: Step): World => predict(rules, before, step)?.outcomes[0].next ?? before;

it.each<{ step: Step; box: string | null }>([
  { step: { op: 'wait', exec: 'exec1' }, box: 'box1' },
  { step: { op: 'wait', exec: '?bogus' }, box: null },
  { step: { op: 'read', attach: 'att1' }, box: 'box1' },
  { step: { op: 'read', attach: 'att2' }, box: 'box2' },
  { step: { op: 'read', attach: '?bogus' }, box: null },
  { step: { op: 'inspect', via: 'cli', on: 'box2' }, box: 'box2' },
  { step: { op: 'inspect', via: 'cli', on: '?nobody' }, box: null },
  { step: { op: 'stop', via: 'cli', on: ['box1'] }, box: 'box1' },
  { step: { op: 'stop', via: 'cli', on: ['box1', 'box2'] }, box: null },
  { step: { op: 'stop', via: 'cli', on: [] }, box: null },
  { step: { op: 'list', via: 'cli', all: true }, box: null },
  { step: { op: 'restart-server', how: 'terminate' }, box: null },
])('$step.op $step.on$step.exec$step.attach is about $box', ({ step, box }) => {
  expect(boxOf(world, step, after(world, step))).toBe(box);
});

it('takes the end of a server for something about the one box it has', () => {
  const end: Step = { op: 'restart-server', how: 'terminate' };
  const about = (before: World) => boxOf(before, end, after(before, end));
  expect(about(worldAfter(...made.slice(0, 1)))).toBe('box1');
  expect(about(emptyWorld)).toBeNull();
  const removed: Step = { op: 'rm', via: 'rest', on: ['box1'], force: true };
  expect(about(worldAfter(...made.slice(0, 2), removed))).toBe('box2');
  expect(about(worldAfter({ op: 'run', via: 'cli', as: 'box1' }))).toBeNull();
});

it('keeps the first of commands of one sort on one box over one surface, and every other step', () => {
  const printing = (out: string, more: object = {}): Step =>
    ({ op: 'exec', via: 'rest', on: 'box1', work: { do: 'print', out, err: '', code: 0 }, ...more }) as Step;
  const spawning = (as: string, work: object): Step =>
    ({ op: 'spawn', via: 'rest', on: 'box1', as, work }) as Step;
  const others: Step[] = [
    printing('a', { via: 'cli' }),
    printing('a', { on: 'box2' }),
    printing('a', { badWorkdir: true }),
    printing('a', { timeoutS: 1 }),
    printing('a', { work: { do: 'missing' } }),
    spawning('exec2', { do: 'cat' }),
    spawning('exec2', { do: 'print', out: '', err: '', code: 0 }),
  ];
  const looks: Step[] = [
    { op: 'inspect', via: 'cli', on: 'box1' },
    { op: 'inspect', via: 'cli', on: 'box1' },
  ];
  expect(
    alike([printing('a'), printing('b'), ...others, spawning('exec3', { do: 'hold', out: '' }), ...looks]),
  ).toEqual([printing('a'), ...others, ...looks]);
});

it('offers what a verb may make of a step that leads elsewhere', () => {
  const attach: Step = { op: 'attach', as: 'att3', exec: 'exec1' };
  const main: Step = { op: 'attach-main', as: 'att3', on: 'box1' };
  expect(variants(world, attach)).toEqual([attach, { ...attach, readonly: true }]);
  expect(variants(world, main)).toEqual([main, { ...main, readonly: true }]);
  const run: Step = { op: 'run', via: 'rest', as: 'box3' };
  const create: Step = { op: 'create', via: 'rest', as: 'box3' };
  for (const step of [run, create]) {
    expect(variants(world, step)).toEqual([step, { ...step, name: 'beta' }]);
    expect(variants(emptyWorld, step)).toEqual([step, { ...step, name: 'alpha' }]);
    expect(variants(worldAfter(...made.slice(1, 2)), step)).toEqual([step]);
    expect(variants(world, { ...step, name: 'alpha' } as Step)).toHaveLength(1);
    expect(variants(emptyWorld, { ...step, main: { do: 'cat' } } as Step)).toHaveLength(1);
  }
  const front = (via: 'cli' | 'rest'): Step => ({ op: 'foreground', via, as: 'box3', main: { do: 'cat' } });
  expect(variants(emptyWorld, front('rest'))).toEqual([front('rest')]);
  expect(variants(emptyWorld, front('cli'))).toEqual([front('cli'), { ...front('cli'), rm: true }]);
  const stop: Step = { op: 'stop', via: 'rest', on: ['box1'] };
  expect(variants(world, stop)).toEqual([stop]);
});
