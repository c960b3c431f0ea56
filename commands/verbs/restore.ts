import { predictRestore } from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { without } from '../shrink.ts';
import { namedSnapshots, ofSnapshotFields, snapshotPath } from '../snapshots.ts';

/** POST restore. */
export const restore = defineVerb({
  op: 'restore',
  shape: ofSnapshotFields,
  effect: 'changes',
  weight: 1.5,
  themes: { copies: 12, refusals: 2 },
  needs: ['snapshot'],
  refusals: 1,
  contract: { cli: ['11.3', '11.2'] },
  predict: predictRestore,
  situation: ofSnapshot,
  forms: namedSnapshots,
  calls: (step) => [rest('POST', snapshotPath(step, '/restore'), 'done')],
  shrink: (step) => without(step, 'by'),
});
