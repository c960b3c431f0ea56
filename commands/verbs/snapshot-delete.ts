import { predictSnapshotDelete } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { namedSnapshots, ofSnapshotFields, snapshotPath } from '../snapshots.ts';

/** DELETE snapshot. */
export const snapshotDelete = defineVerb({
  op: 'snapshot-delete',
  shape: ofSnapshotFields,
  effect: 'changes',
  weight: 1,
  themes: { copies: 7, refusals: 2 },
  needs: ['snapshot'],
  refusals: 5,
  contract: { cli: ['11.4', '11.2'] },
  predict: predictSnapshotDelete,
  situation: ofSnapshot,
  forms: namedSnapshots,
  calls: (step) => [rest('DELETE', snapshotPath(step), 'done')],
  shrink: (step) => without(step, 'by'),
});
