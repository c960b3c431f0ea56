import { predictRestore } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import type { Box } from '../../model/world.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { namedSnapshots, ofSnapshotFields, snapshotPath } from '../snapshots.ts';

const isChanged = ({ status, disk, snapshots }: Box): boolean =>
  status === 'stopped' && snapshots.some((one) => JSON.stringify(one.disk) !== JSON.stringify(disk));

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
    const kept = box?.snapshots.find(({ name }) => name === snapshot);
    return box && kept && JSON.stringify(kept.disk) !== JSON.stringify(box.disk) ? 8 : 1;
  },
  urge: ({ boxes }) => (Object.values(boxes).some(isChanged) ? 5 : 1),
  calls: (step) => [rest('POST', snapshotPath(step, '/restore'), 'done')],
  shrink: (step) => without(step, 'by'),
});
