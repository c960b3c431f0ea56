import { expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Failure } from '../../../program/failure.ts';
import { sitesOf, siteToKeep } from '../../../search/shrink/job.ts';
import { trajectoryOf } from '../../../search/worlds/possible-worlds.ts';
import { exec, print, run, stop } from '../../model/fixtures/steps.ts';
import { brokenAnswer } from '../fixtures/failure.ts';

const step = exec(print('x'), 'cli');
const steps = [run(undefined, 'cli'), step];
const unexpected = (labels: readonly string[], situation = 'sandbox/running'): Failure => ({
  kind: 'unexpected',
  at: 1,
  step,
  allowed: labels.map((label) => ({ label, expect: { is: 'acted' } as never })),
  seen: { is: 'done' } as never,
  differences: [],
  situation,
});

it('is the operation, its surface, the situation, and the labels in any order, each once', () => {
  const worlds = trajectoryOf(rules, steps.slice(0, 1), 'some')?.at(-1);
  if (!worlds) throw new Error('the run is not predicted');
  expect([...sitesOf(rules, worlds, step)]).toEqual([
    'exec | cli | sandbox/running | ran',
    'exec | cli | sandbox/running | *',
  ]);
  expect([...sitesOf(rules, worlds, { op: 'wait', exec: '?bogus' })][1]).toMatch(
    /^wait \| rest \| .* \| \*$/u,
  );
  expect(siteToKeep(rules, steps, unexpected(['ran', 'ran']))).toBe('exec | cli | sandbox/running | ran');
});

it('is without labels where an oracle speaks', () => {
  const broken = brokenAnswer(1, step, 'sandbox/running');
  expect(siteToKeep(rules, steps, broken)).toBe('exec | cli | sandbox/running | *');
});

it('is none where the model does not meet the failure, or no step failed', () => {
  expect(siteToKeep(rules, steps, unexpected(['refused:x']))).toBeNull();
  expect(siteToKeep(rules, steps, unexpected(['ran'], 'sandbox/stopped'))).toBeNull();
  expect(siteToKeep(rules, [...steps, stop()], { ...unexpected(['ran']), at: 3 })).toBeNull();
  expect(
    siteToKeep(
      rules,
      [{ op: 'create', via: 'cli', as: 'box1', main: { do: 'missing' } }, step],
      unexpected(['ran']),
    ),
  ).toBeNull();
});
