import { predictRestore } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { isChanged, namedSnapshots, ofSnapshotFields, snapshotPath, snapshotsOf } from '../snapshots.ts';

/** POST restore. */
export const restore = defineVerb({
  op: 'restore',
  shape: ofSnapshotFields,
  effect: 'changes',
  weight: 1.5,
  themes: { copies: 16, refusals: 2 },
  needs: ['snapshot'],
  refusals: 4,
  contract: { cli: ['11.3', '11.2'] },
  predict: predictRestore,
  situation: ofSnapshot,
  forms: namedSnapshots,
  // The disk of a box at rest is put back, where it has become another.
  likely: ({ on, snapshot }, world) => {
    const box = world.boxes[on];
    if (!box || !snapshotsOf(world, on).includes(snapshot)) return 1;
    return isChanged(box) ? 20 : 8;
  },
  urge: ({ boxes }) =>
    Object.values(boxes).some((box) => box.status === 'stopped' && isChanged(box)) ? 5 : 1,
  calls: (step) => [rest('POST', snapshotPath(step, '/restore'), 'done')],
  shrink: (step) => without(step, 'by'),
});
