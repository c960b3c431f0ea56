import { predictSnapshotGet } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { namedSnapshots, ofSnapshotFields, snapshotPath } from '../snapshots.ts';

/** GET one snapshot. */
export const snapshotGet = defineVerb({
  op: 'snapshot-get',
  shape: ofSnapshotFields,
  effect: 'looks',
  weight: 0.5,
  themes: { copies: 1.5, snapshots: 2, refusals: 1 },
  refusals: 0.5,
  contract: { cli: ['11.1', '11.2'] },
  predict: predictSnapshotGet,
  situation: ofSnapshot,
  forms: namedSnapshots,
  calls: (step) => [rest('GET', snapshotPath(step), 'snapshot')],
  shrink: (step) => without(step, 'by'),
});
