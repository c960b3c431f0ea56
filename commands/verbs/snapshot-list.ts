import { boxRef } from '../../domain/handle.ts';
import { predictSnapshots } from '../../model/predict/copies.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { without } from '../shrink.ts';

/** GET snapshots. */
export const snapshotList = defineVerb({
  op: 'snapshot-list',
  shape: { on: boxRef, by },
  effect: 'looks',
  weight: 1,
  themes: { copies: 3, snapshots: 4, refusals: 1 },
  refusals: 0.5,
  contract: { cli: ['11.1', '11.2'] },
  predict: predictSnapshots,
  calls: (step) => [rest('GET', boxPath(step, '/snapshots'), 'snapshots')],
  shrink: (step) => without(step, 'by'),
});
