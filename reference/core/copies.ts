import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { defect } from '../defects/switch.ts';
import { diskPath, snapshotPath } from '../home/home.ts';
import { type BoxRecord, newSnapshotId, type SnapshotRecord } from './box.ts';
import { createBox } from './create.ts';
import { alreadyExists, invalidArgument, invalidState, notFound } from './fault.ts';
import { alone, type Box, type Runtime, update } from './runtime.ts';

/** A snapshot as it is shown (contract 11.1). */
export const snapshotJson = (
  home: string,
  { id: box }: BoxRecord,
  { id, name, createdAtS }: SnapshotRecord,
) => ({
  id,
  box_id: box,
  name,
  created_at: createdAtS,
  container_disk_bytes: 2 ** 30,
  size_bytes: statSync(snapshotPath(home, box, id)).size,
});

/** Snapshots of a box, newest first. */
export const snapshotsOf = ({ record }: Box): SnapshotRecord[] => record.snapshots.toReversed();

/**
 * A snapshot by its name.
 * @throws Fault not-found.
 */
export function findSnapshot(
  { record }: Box,
  name: string,
  told = `snapshot not found: ${name}`,
): SnapshotRecord {
  const found = record.snapshots.find((one) => one.name === name);
  if (!found) throw notFound(told);
  return found;
}

/**
 * Puts the disk of a box by (contract 11.2, 11.3).
 * @throws Fault invalid-argument for the name, already-exists, invalid-state for a box without a disk.
 */
export const takeSnapshot = (runtime: Runtime, box: Box, name: unknown): Promise<SnapshotRecord> =>
  alone(box, async () => {
    checkSnapshotName(name);
    const { record } = box;
    const taken = record.snapshots.some((one) => one.name === name);
    if (taken && !defect('snapshot-name-taken-twice'))
      throw alreadyExists(`snapshot '${name}' already exists`);
    const disk = await writtenDisk(runtime, box);
    const snapshot = {
      id: newSnapshotId(),
      name,
      createdAtS: Math.floor(Date.now() / 1_000),
      parent: record.head,
      cloned: false,
    };
    copyFileSync(disk, snapshotPath(runtime.home, record.id, snapshot.id));
    update(runtime, box, { snapshots: [...record.snapshots, snapshot], head: name });
    return snapshot;
  });

function checkSnapshotName(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalidArgument("field 'name' must be a text");
  const wrong = wrongWith(name);
  if (wrong && !defect('any-snapshot-name-accepted')) throw invalidArgument(`snapshot name ${wrong}`);
}

function wrongWith(name: string): string | null {
  if (name === '') return 'cannot be empty';
  if (Buffer.byteLength(name) > 255) return 'is too long';
  if (name.startsWith('.')) return "cannot start with '.'";
  return /[/\\\0]/u.test(name) ? 'contains invalid characters' : null;
}

/**
 * The file of a box's disk with everything in it that was written so far.
 * @throws Fault invalid-state for a box that was never booted.
 */
async function writtenDisk(runtime: Runtime, { record, vm }: Box): Promise<string> {
  const disk = diskPath(runtime.home, record.id);
  if (!existsSync(disk)) throw invalidState(`box ${record.id} has no disk yet; start it once`);
  if (vm && !defect('copies-miss-late-writes')) await (await runtime.hypervisor()).flush(record.id);
  return disk;
}

/**
 * Puts a disk back that was put by.
 * @throws Fault invalid-state while the box runs, not-found.
 */
export const restore = (runtime: Runtime, box: Box, name: string): Promise<void> =>
  alone(box, async () => {
    const { id, status } = box.record;
    const snapshot = findSnapshot(box, name, `snapshot '${name}' not found for box`);
    if (status === 'running' && !defect('restore-while-running'))
      throw invalidState('Cannot restore snapshot while box is running');
    if (!defect('restore-without-effect'))
      copyFileSync(snapshotPath(runtime.home, id, snapshot.id), diskPath(runtime.home, id));
    if (defect('restore-drops-later-snapshots')) {
      const at = box.record.snapshots.indexOf(snapshot);
      update(runtime, box, { snapshots: box.record.snapshots.slice(0, at + 1) });
    }
    update(runtime, box, { head: name, ...(defect('restore-clears-code') ? { exitCode: null } : {}) });
  });

/**
 * Deletes a snapshot that no disk stands on (contract 11.4).
 * @throws Fault not-found, invalid-state.
 */
export const deleteSnapshot = (runtime: Runtime, box: Box, name: string): Promise<void> =>
  alone(box, async () => {
    const { record } = box;
    const snapshot = findSnapshot(box, name, `snapshot '${name}' not found for box`);
    const user = userOf(record, snapshot);
    if (user !== null && !defect('used-snapshot-deleted'))
      throw invalidState(`cannot delete snapshot '${name}': ${user}`);
    rmSync(snapshotPath(runtime.home, record.id, snapshot.id), { force: true });
    update(runtime, box, { snapshots: record.snapshots.filter((one) => one !== snapshot) });
  });

function userOf({ head, snapshots }: BoxRecord, { name, cloned }: SnapshotRecord): string | null {
  if (head === name) return 'current disk depends on this snapshot';
  if (snapshots.some(({ parent }) => parent === name))
    return 'another snapshot depends on it via backing chain';
  return cloned ? 'it is part of a clone base disk' : null;
}

/**
 * Makes a box with the same disk and options, at rest (contract 11.3).
 * @throws Fault invalid-argument for a taken name, invalid-state for a box without a disk.
 */
export const clone = (runtime: Runtime, box: Box, name: string | null): Promise<Box> =>
  alone(box, async () => {
    const disk = await writtenDisk(runtime, box);
    const { id, head, snapshots, exitCode } = box.record;
    const made = copyOf(runtime, box.record, name, {
      source: id,
      ...(defect('clone-keeps-code') ? { exitCode } : {}),
    });
    copyFileSync(disk, diskPath(runtime.home, made.record.id));
    if (defect('clone-takes-disk-away')) rmSync(disk);
    const chain = chainOf(snapshots, head);
    const marked = snapshots.map((one) => (chain.includes(one.name) ? { ...one, cloned: true } : one));
    update(runtime, box, { snapshots: marked });
    return made;
  });

const chainOf = (snapshots: readonly SnapshotRecord[], head: string | null): string[] => {
  const found = snapshots.find(({ name }) => name === head);
  return found ? [found.name, ...chainOf(snapshots, found.parent)] : [];
};

/** A box that is made of another one, without its disk. */
function copyOf(
  runtime: Runtime,
  { spec }: Pick<BoxRecord, 'spec'>,
  name: string | null,
  past: Partial<BoxRecord>,
): Box {
  const lost = {
    ...(defect('clone-forgets-command') ? { cmd: [], entrypoint: [] } : {}),
    ...(defect('clone-forgets-net-rules') ? { network: { ...spec.network, rules: [] } } : {}),
  };
  const copied = { ...spec, detached: true, removeAtEnd: false, autoStopS: 0, autoDeleteS: 0, ...lost };
  const status = defect('clone-shown-configured') ? 'configured' : 'stopped';
  return createBox(runtime, name, copied, { status, ...past });
}

/** What an archive of a box is made of: its options and its disk. */
export interface Exported {
  readonly record: Pick<BoxRecord, 'spec'> & Partial<Pick<BoxRecord, 'name'>>;
  readonly disk: Buffer;
}

/** Reads a box for an archive. @throws Fault invalid-state for a box without a disk. */
export const exported = (runtime: Runtime, box: Box): Promise<Exported> =>
  alone(box, async () => ({ record: box.record, disk: readFileSync(await writtenDisk(runtime, box)) }));

/** Makes a box from what an archive holds. @throws Fault invalid-argument for a taken name. */
export function importBox(runtime: Runtime, name: string | null, { record, disk }: Exported): Box {
  const made = copyOf(runtime, record, name, {});
  writeFileSync(diskPath(runtime.home, made.record.id), disk);
  return made;
}
