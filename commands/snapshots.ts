import { boxRef } from '../domain/handle.ts';
import type { By } from '../domain/surface.ts';
import { text } from '../domain/text.ts';
import { isSame } from '../model/same.ts';
import type { Box, World } from '../model/world.ts';
import { by } from './fields.ts';
import { boxPath } from './paths.ts';
import { TMP_FILE } from './values.ts';

/** One snapshot of a box; copies exist over REST alone (contract 11). */
export const ofSnapshotFields = { on: boxRef, by, snapshot: text };

interface OfSnapshot {
  readonly on: string;
  readonly by?: By | undefined;
  readonly snapshot: string;
}

/** The disk is another one than a snapshot of it holds. */
export const isChanged = ({ disk, snapshots }: Box): boolean =>
  snapshots.some((one) => !isSame(one.disk, disk));

/** The disk is another one than the snapshot holds that it stands on: a restore would show. */
export const isPastHead = ({ disk, head, snapshots }: Box): boolean =>
  snapshots.some((one) => one.name === head && !isSame(one.disk, disk));

/** There is something on the disk that a copy would have, too. */
export const isWritten = ({ disk }: Box): boolean => Object.keys(disk).some((path) => path !== TMP_FILE);

/** Names of the snapshots of a box. */
export const snapshotsOf = (world: World, on: string): string[] =>
  (world.boxes[on]?.snapshots ?? []).map(({ name }) => name);

/** Those that there are, and what no snapshot is called. */
export const namedSnapshots = ({ on }: { readonly on: string }, world: World): { snapshot: string }[] =>
  [...snapshotsOf(world, on), 'nothing', '.hidden'].map((snapshot) => ({ snapshot }));

/** The route of a snapshot, and what is below it. */
export const snapshotPath = ({ snapshot, ...step }: OfSnapshot, below = '') =>
  boxPath(step, '/snapshots/', { $: 'text', text: snapshot }, below);
