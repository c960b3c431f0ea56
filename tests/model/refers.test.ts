import { expect, test } from 'vitest';
import { surfaceOf } from '../../model/refers.ts';
import type { Step } from '../../program/step.ts';

test.each<[Step, string]>([
  [{ op: 'list', via: 'cli', all: true }, 'cli'],
  [{ op: 'list', via: 'url', all: true }, 'url'],
  [{ op: 'list', via: 'rest', all: true }, 'rest'],
  [{ op: 'wait', exec: 'exec1' }, 'rest'],
  [{ op: 'read', attach: 'att1' }, 'rest'],
  [{ op: 'attach-main', as: 'att1', on: 'box1' }, 'rest'],
  [{ op: 'host-read', host: 'h1', file: 'f' }, '-'],
  [{ op: 'host-write', host: 'h1', file: 'f', data: '' }, '-'],
])('%j goes through %s', (step, surface) => {
  expect(surfaceOf(step)).toBe(surface);
});
