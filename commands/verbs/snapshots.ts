import type { z } from 'zod';
import { boxRef } from '../../domain/handle.ts';
import { text } from '../../domain/text.ts';
import {
  predictRestore,
  predictSnapshot,
  predictSnapshotDelete,
  predictSnapshotGet,
  predictSnapshots,
} from '../../model/predict/copies.ts';
import { ofSnapshot } from '../../model/situation.ts';
import type { World } from '../../model/world.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { without } from '../shrink.ts';

const shape = { on: boxRef, by, snapshot: text };
type OfSnapshot = { readonly on: string; readonly by?: z.infer<typeof by>; readonly snapshot: string };

/** Names of snapshots; any text is one but for a few (contract 11.1). */
const names = ['s1', 's2', 's3', 'grün 50%?'];
const badNames = ['', '.hidden', 'a/b', 'a\\b', 'x'.repeat(256)];
const [plain = ''] = names;

/** Longer chains only cost time. */
const MOST = 4;

const snapshotsOf = (world: World, on: string): string[] =>
  (world.boxes[on]?.snapshots ?? []).map(({ name }) => name);

/** Those that there are, and what no snapshot is called. */
const named = ({ on }: { readonly on: string }, world: World) =>
  [...snapshotsOf(world, on), 'nothing', '.hidden'].map((snapshot) => ({ snapshot }));

function* simpler<S extends OfSnapshot>(step: S): Iterable<S> {
  yield* without(step, 'by');
}

const path = ({ snapshot, ...step }: OfSnapshot, below = '') =>
  boxPath(step, '/snapshots/', { $: 'text', text: snapshot }, below);

/** POST snapshots: the disk of the box as it is now. */
export const snapshot = defineVerb({
  op: 'snapshot',
  shape,
  effect: 'changes',
  weight: 2,
  themes: { copies: 8, refusals: 2 },
  refusals: 1,
  contract: { cli: ['11.2', '11.1'] },
  predict: predictSnapshot,
  forms: ({ on }, world) => {
    const taken = snapshotsOf(world, on);
    const free = taken.length < MOST ? names.filter((name) => !taken.includes(name)) : [];
    return [...free, ...taken.slice(0, 1), ...badNames].map((each) => ({ snapshot: each }));
  },
  calls: ({ snapshot: name, ...step }) => [
    rest('POST', boxPath(step, '/snapshots'), 'snapshot-made', { json: { name } }),
  ],
  shrink: function* (step) {
    yield* simpler(step);
    if (names.indexOf(step.snapshot) > 0) yield { ...step, snapshot: plain };
  },
});

/** GET snapshots. */
export const snapshotList = defineVerb({
  op: 'snapshot-list',
  shape: { on: boxRef, by },
  effect: 'looks',
  weight: 1,
  themes: { copies: 3, refusals: 1 },
  refusals: 0.5,
  contract: { cli: ['11.1', '11.2'] },
  predict: predictSnapshots,
  calls: (step) => [rest('GET', boxPath(step, '/snapshots'), 'snapshots')],
  shrink: (step) => without(step, 'by'),
});

/** GET one snapshot. */
export const snapshotGet = defineVerb({
  op: 'snapshot-get',
  shape,
  effect: 'looks',
  weight: 0.5,
  themes: { copies: 1.5, refusals: 1 },
  refusals: 0.5,
  contract: { cli: ['11.1', '11.2'] },
  predict: predictSnapshotGet,
  situation: ofSnapshot,
  forms: named,
  calls: (step) => [rest('GET', path(step), 'snapshot')],
  shrink: simpler,
});

/** POST restore. */
export const restore = defineVerb({
  op: 'restore',
  shape,
  effect: 'changes',
  weight: 1.5,
  themes: { copies: 8, refusals: 2 },
  needs: ['snapshot'],
  refusals: 1,
  contract: { cli: ['11.3', '11.2'] },
  predict: predictRestore,
  situation: ofSnapshot,
  forms: named,
  calls: (step) => [rest('POST', path(step, '/restore'), 'done')],
  shrink: simpler,
});

/** DELETE snapshot. */
export const snapshotDelete = defineVerb({
  op: 'snapshot-delete',
  shape,
  effect: 'changes',
  weight: 1,
  themes: { copies: 4, refusals: 2 },
  needs: ['snapshot'],
  refusals: 1,
  contract: { cli: ['11.4', '11.2'] },
  predict: predictSnapshotDelete,
  situation: ofSnapshot,
  forms: named,
  calls: (step) => [rest('DELETE', path(step), 'done')],
  shrink: simpler,
});
