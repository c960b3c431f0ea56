import { expect, test } from 'vitest';
import { predict } from '../../commands/index.ts';
import { newestProfile } from '../../model/profile.ts';
import { meansUnclear, unclearAfter } from '../../model/unclear.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';

const made = predict(emptyWorld, { op: 'create', via: 'rest', as: 'box1', name: 'alpha' }, newestProfile)
  ?.outcomes[0].next as World;
const leaving: World = {
  ...made,
  boxes: { box1: { ...(made.boxes.box1 as NonNullable<World['boxes'][string]>), status: 'leaving' } },
};

test.each<[Step, boolean]>([
  [{ op: 'inspect', via: 'rest', on: 'box1' }, true],
  [{ op: 'rm', via: 'url', on: ['box1'], force: true }, true],
  [{ op: 'create', via: 'url', as: 'box2', name: 'alpha' }, true],
  [{ op: 'create', via: 'cli', as: 'box2', name: 'alpha' }, false],
  [{ op: 'create', via: 'url', as: 'box2', name: 'beta' }, false],
  [{ op: 'list', via: 'rest', all: true }, false],
])('%j depends on the box that leaves: %s', (step, depends) => {
  expect(meansUnclear(leaving, step)).toBe(depends);
  expect(meansUnclear(made, step)).toBe(false);
  expect(predict(leaving, step, newestProfile) === null).toBe(depends);
});

const unclear = unclearAfter(made, { op: 'inspect', via: 'rest', on: 'box1' });

test('a box that is unclear is listed or not, and no step about it is predicted', () => {
  const list = predict(unclear, { op: 'list', via: 'rest', all: true }, newestProfile);
  expect(list?.outcomes[0].expect).toMatchObject({ is: 'boxes', boxes: [], optional: [{ handle: 'box1' }] });
  expect(predict(unclear, { op: 'inspect', via: 'rest', on: 'box1' }, newestProfile)).toBeNull();
});

test('what a step of which nothing can be said makes is unclear as well', () => {
  const steps: Step[] = [
    { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
    { op: 'attach', as: 'att1', exec: 'exec1' },
    { op: 'attach-main', as: 'att2', on: 'box1' },
    { op: 'run', via: 'rest', as: 'box2', name: 'beta' },
  ];
  const world = steps.reduce(unclearAfter, made);
  const named: Step[] = [
    { op: 'wait', exec: 'exec1' },
    { op: 'read', attach: 'att1' },
    { op: 'read', attach: 'att2' },
    { op: 'detach', attach: 'att2', how: 'close' },
    { op: 'stop', via: 'rest', on: ['box2'] },
    { op: 'create', via: 'url', as: 'box3', name: 'beta' },
  ];
  for (const step of named) expect(predict(world, step, newestProfile), step.op).toBeNull();
});

test('a step that means a box by no name may be about any of its home', () => {
  const step: Step = { op: 'run', via: 'cli', as: 'box2' };
  const both = predict(made, step, newestProfile)?.outcomes[0].next as World;
  const after = (via: 'rest' | 'cli') => unclearAfter(both, { op: 'inspect', via, on: '?' });
  const statuses = (world: World) => Object.values(world.boxes).map(({ status }) => status);
  expect(statuses(after('rest'))).toEqual(['unclear', 'running']);
  expect(statuses(after('cli'))).toEqual(['configured', 'unclear']);
});
