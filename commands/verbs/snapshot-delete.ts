import { predictSnapshotDelete } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { namedSnapshots, ofSnapshotFields, snapshotPath, snapshotsOf } from '../snapshots.ts';

/** DELETE snapshot. */
export const snapshotDelete = defineVerb({
  op: 'snapshot-delete',
  shape: ofSnapshotFields,
  effect: 'changes',
  weight: 1,
  themes: { copies: 7, snapshots: 2, refusals: 2 },
  needs: ['snapshot'],
  refusals: 5,
  contract: { cli: ['11.4', '11.2'] },
  predict: predictSnapshotDelete,
  situation: ofSnapshot,
  forms: namedSnapshots,
  likely: ({ on, snapshot }, world) => (snapshotsOf(world, on).includes(snapshot) ? 8 : 1),
  calls: (step) => [rest('DELETE', snapshotPath(step), 'done')],
  shrink: (step) => without(step, 'by'),
});
