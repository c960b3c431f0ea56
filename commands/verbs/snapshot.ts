import { predictSnapshot } from '../../model/predict/copies.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { boxPath } from '../paths.ts';
import { without } from '../shrink.ts';
import { isWritten, ofSnapshotFields, snapshotsOf } from '../snapshots.ts';

/** Names of snapshots; any text is one but for a few (contract 11.1). */
const names = ['s1', 's2', 's3', 'grün 50%?'];
const badNames = ['', '.hidden', 'a/b', 'a\\b', 'x'.repeat(256)];
const [plain = ''] = names;

/** Longer chains only cost time. */
const MOST = 4;

/** POST snapshots: the disk of the box as it is now. */
export const snapshot = defineVerb({
  op: 'snapshot',
  shape: ofSnapshotFields,
  effect: 'changes',
  weight: 2,
  themes: { copies: 8, snapshots: 9, refusals: 2 },
  refusals: 5,
  contract: { cli: ['11.2', '11.1'] },
  predict: predictSnapshot,
  forms: ({ on }, world) => {
    const taken = snapshotsOf(world, on);
    const free = taken.length < MOST ? names.filter((name) => !taken.includes(name)) : [];
    return [...free, ...taken.slice(0, 1), ...badNames].map((each) => ({ snapshot: each }));
  },
  // A disk with something on it, of which there is no copy yet.
  likely: ({ on }, world) => {
    const box = world.boxes[on];
    return box && isWritten(box) ? (box.status === 'stopped' ? 16 : 4) : 1;
  },
  urge: ({ boxes }) => {
    const uncopied = Object.values(boxes).filter(
      ({ home, hasDisk, snapshots }) => home === 'server' && hasDisk === 'yes' && snapshots.length === 0,
    );
    if (uncopied.length === 0) return 1;
    return uncopied.some((box) => box.status === 'stopped' && isWritten(box)) ? 8 : 2;
  },
  calls: ({ snapshot: name, ...step }) => [
    rest('POST', boxPath(step, '/snapshots'), 'snapshot-made', { json: { name } }),
  ],
  shrink: function* (step) {
    yield* without(step, 'by');
    if (names.indexOf(step.snapshot) > 0) yield { ...step, snapshot: plain };
  },
});
