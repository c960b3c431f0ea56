import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { verbs } from '../../../commands/index.ts';
import { isSdk, type Surface } from '../../../domain/surface.ts';
import { newestProfile } from '../../../model/profile.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { rulesOf } from '../../../search/worlds/rules.ts';

const plain: Surface[] = ['cli', 'url', 'rest'];
const stepsDrawn = (...surfaces: Surface[]) => {
  const arbitrary = new ProgramArbitrary(rulesOf(verbs, newestProfile), { surfaces: new Set(surfaces) });
  return fc.sample(arbitrary, { seed: 4, numRuns: 30 }).flatMap(({ steps }) => steps);
};
const viasOf = (steps: ReturnType<typeof stepsDrawn>) =>
  steps.map((step) => ('via' in step ? step.via : undefined));

it('an SDK that is not there makes no step, and no verb of the SDKs alone is drawn', () => {
  const steps = stepsDrawn(...plain);
  expect(viasOf(steps).filter(isSdk)).toEqual([]);
  expect(steps.filter(({ op }) => op === 'follow' || op === 'drop-sdk')).toEqual([]);
});

it('SDKs that are there make some fifteen in a hundred steps, both and with most verbs', () => {
  const steps = stepsDrawn(...plain, 'sdk', 'node-sdk');
  const bySdk = steps.filter((step) => 'via' in step && isSdk(step.via));
  const share = bySdk.length / steps.length;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.2);
  expect(new Set(viasOf(bySdk))).toEqual(new Set(['sdk', 'node-sdk']));
  expect(new Set(bySdk.map(({ op }) => op)).size).toBeGreaterThan(12);
});

it('no step is given to an SDK that its verb cannot be asked through, whoever holds what it is about', () => {
  const arbitrary = new ProgramArbitrary(rulesOf(verbs, newestProfile), {
    surfaces: new Set([...plain, 'sdk', 'node-sdk']),
  });
  const steps = fc.sample(arbitrary, { seed: 5, numRuns: 150 }).flatMap(({ steps }) => steps);
  const given = steps.flatMap((step) => ('via' in step && step.via ? { op: step.op, via: step.via } : []));
  expect(given.filter(({ op, via }) => op === 'attach' && via === 'sdk')).not.toEqual([]);
  expect(given.filter(({ op, via }) => isSdk(via) && !verbs[op].surfaces.includes(via))).toEqual([]);
});
