import { predictRestore } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import {
  isChanged,
  isPastHead,
  namedSnapshots,
  ofSnapshotFields,
  snapshotPath,
  snapshotsOf,
} from '../snapshots.ts';

/** POST restore. */
export const restore = defineVerb({
  op: 'restore',
  shape: ofSnapshotFields,
  effect: 'changes',
  weight: 1.5,
  themes: { copies: 16, snapshots: 12, refusals: 2 },
  needs: ['snapshot'],
  refusals: 8,
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
  urge: ({ boxes }) => {
    const copied = Object.values(boxes).filter(({ snapshots }) => snapshots.length > 0);
    if (copied.some((box) => box.status === 'stopped' && isPastHead(box))) return 25;
    // Under a running one it is refused; of a disk that is as it was it shows nothing.
    return copied.some(({ status }) => status === 'running') ? 1.5 : 0.4;
  },
  calls: (step) => [rest('POST', snapshotPath(step, '/restore'), 'done')],
  shrink: (step) => without(step, 'by'),
});
