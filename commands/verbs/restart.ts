import { z } from 'zod';
import { predictPower } from '../../model/predict/power.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { running } from '../pick.ts';
import { powerByCli } from './power.ts';

/** restart: CLI only, REST has no such route (contract 4.2). */
export const restart = defineVerb({
  op: 'restart',
  shape: { ...someBoxes, via: z.enum(['cli', 'url']) },
  effect: 'boots',
  weight: 2,
  themes: {
    ports: 8,
    memory: 6,
    'main session': 2,
    files: 2,
    volumes: 5,
    ends: 2,
    refusals: 2,
    lifecycle: 2,
    usage: 1,
  },
  contract: { cli: ['2.1', '2.5'] },
  predict: predictPower,
  calls: (step) => [powerByCli(step, step.via)],
  owed: (world) =>
    running(world).some(({ disk, mounts }) => Object.keys(disk).length > 0 || mounts.length > 0),
});
