import { expect, it } from 'vitest';
import { emptyWorld } from '../../../model/world.ts';
import type { Op, Step } from '../../../program/step.ts';
import { defaultSettings } from '../../../search/generate/settings.ts';
import { refusable, weightsIn } from '../../../search/generate/weights.ts';
import { worldAfter } from '../fixtures/told.ts';

const run: Step = { op: 'run', via: 'rest', as: 'box1' };
const spawn: Step = { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } };
const attach: Step = { op: 'attach', as: 'att1', exec: 'exec1' };

/** The weight of a verb after these steps, long after the last boot. */
function weightAfter(op: Op, ...steps: readonly Step[]): number {
  return weightsIn(worldAfter(...steps), [op], defaultSettings, 100).get(op) ?? 0;
}

it('prefers what shows the end of an execution', () => {
  const signal: Step = { op: 'signal', exec: 'exec1', signal: 15 };
  expect(weightAfter('wait', run, spawn, signal)).toBeGreaterThan(weightAfter('wait', run, spawn));
});

it('prefers to read where there is something new to read', () => {
  const send: Step = { op: 'send', attach: 'att1', data: 'line\n' };
  expect(weightAfter('read', run, spawn, attach, send)).toBeGreaterThan(
    weightAfter('read', run, spawn, attach),
  );
  const frame: Step = { op: 'control', attach: 'att1', frame: 'bad-json' };
  expect(weightAfter('read', run, spawn, attach, frame)).toBeGreaterThan(
    weightAfter('read', run, spawn, attach),
  );
});

it('prefers a restart where there is something to lose, and a look afterwards', () => {
  const write: Step = {
    op: 'exec',
    via: 'rest',
    on: 'box1',
    work: { do: 'write', path: '/root/f1', data: 'x' },
  };
  const restart: Step = { op: 'restart', via: 'url', on: ['box1'] };
  expect(weightAfter('restart', run, write)).toBeGreaterThan(weightAfter('restart', run));
  expect(weightAfter('exec', run, restart)).toBeGreaterThan(weightAfter('exec', run));
});

it('makes boots rare right after a boot, but not their refusals', () => {
  const weights = (since: number) => weightsIn(emptyWorld, ['create', 'run'], defaultSettings, since);
  expect(weights(0).get('run')).toBeLessThan(weights(100).get('run') ?? 0);
  const share = (of: ReadonlyMap<Op, number>): number => (of.get('run') ?? 0) / (of.get('create') ?? 1);
  expect(share(refusable(weights(100)))).toBeLessThan(share(weights(100)));
  expect(refusable(weights(0)).get('create')).toBeGreaterThan(weights(0).get('create') ?? 0);
});

it('prefers to look at a box that has outlived its server', () => {
  const kept: Step = { op: 'run', via: 'rest', as: 'box1', main: { do: 'hold', out: '' } };
  const end: Step = { op: 'restart-server', how: 'kill' };
  expect(worldAfter(kept, end).boxes.box1?.adopted).toBe(true);
  expect(weightAfter('inspect', kept, end)).toBeGreaterThan(weightAfter('inspect', kept));
});
