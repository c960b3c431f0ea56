import { expect, test } from 'vitest';
import { predict } from '../../commands/index.ts';
import { meansLeaving } from '../../model/leaving.ts';
import { currentProfile } from '../../model/profile.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';

const made = predict(emptyWorld, { op: 'create', via: 'rest', as: 'box1', name: 'alpha' }, currentProfile)
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
  expect(meansLeaving(leaving, step)).toBe(depends);
  expect(meansLeaving(made, step)).toBe(false);
  expect(predict(leaving, step, currentProfile) === null).toBe(depends);
});

test('a list may show it or not', () => {
  const list = predict(leaving, { op: 'list', via: 'rest', all: true }, currentProfile);
  expect(list?.outcomes[0].expect).toMatchObject({ is: 'boxes', boxes: [], optional: [{ handle: 'box1' }] });
});
