import { posix } from 'node:path';
import { defect } from '../defects/switch.ts';
import type { DefectName } from '../defects.ts';
import type { TreeEntry } from '../vm/port.ts';
import type { BoxRecord, BoxSpec } from './box.ts';
import { endVm } from './end.ts';
import { invalidArgument, invalidState, isVmGone, messageOf, notFound, unsupported } from './fault.ts';
import { place } from './place.ts';
import { alone, type Box, ownerOf, type Runtime, update } from './runtime.ts';
import { ensureUp } from './start.ts';

/** What becomes of a box that had to be booted for a copy: `cp` puts it back, REST files leaves it up. */
export type Afterwards = 'as found' | 'up';

/** `file`, `directory`: what the archive begins with is to have the path's name, where no directory is there. */
export type Shape = 'tree' | 'file' | 'directory';

/** What the CLI means by an archive. */
export const shapeOf = ([first]: readonly TreeEntry[]): Shape =>
  first?.kind === 'directory' ? 'directory' : 'file';

/**
 * Unpacks entries under a directory of the box's disk.
 * @throws Fault invalid-argument or unsupported for the path, invalid-state of the guard.
 */
export async function copyInto(
  runtime: Runtime,
  box: Box,
  dir: string,
  entries: TreeEntry[],
  after: Afterwards,
  shape: Shape = 'tree',
) {
  const at = guestPath(dir);
  checkOnDisk(box.record.spec, at);
  for (const entry of entries) checkOnDisk(box.record.spec, guestPath(`${at}/${entry.path}`));
  await withUp(runtime, box, 'copy into', after, async () => {
    const hypervisor = await runtime.hypervisor();
    const { id } = box.record;
    const placed = shape === 'tree' ? { dir: at, entries } : await place(hypervisor, id, dir, entries);
    const kept = cutShort(placed.entries.map(withoutOwner), 'large-copy-in-cut');
    await hypervisor.writeTree(
      id,
      placed.dir,
      kept,
      defect('copied-in-is-roots') ? '' : box.record.spec.user,
    );
  });
}

/** Whose a file is that comes into a box is no business of its archive. */
const withoutOwner = ({ owner, ...entry }: TreeEntry): TreeEntry =>
  owner && defect('archive-owner-kept') ? { ...entry, owner } : entry;

/**
 * Reads a file or tree off the box's disk.
 * @throws Fault not-found when nothing is at the path, and those of `copyInto`.
 */
export async function copyOut(
  runtime: Runtime,
  box: Box,
  path: string,
  after: Afterwards,
): Promise<TreeEntry[]> {
  const at = guestPath(path);
  checkOnDisk(box.record.spec, at);
  const tree = await withUp(runtime, box, 'copy out', after, async () => {
    const hypervisor = await runtime.hypervisor();
    return hypervisor.readTree(box.record.id, at);
  });
  if (!tree) throw notFound(`path '${path}' does not exist in box ${box.record.id}`);
  return cutShort(tree, 'large-copy-out-cut');
}

const largeBytes = 128 * 1024;

/** Entries as a copy has them that does not read files to their end, where that defect is switched on. */
const cutShort = (entries: TreeEntry[], name: DefectName): TreeEntry[] =>
  entries.map((entry) =>
    entry.data && entry.data.length > largeBytes && defect(name)
      ? { ...entry, data: entry.data.subarray(0, largeBytes) }
      : entry,
  );

type CopyVerb = 'copy into' | 'copy out';

const withUp = <T>(runtime: Runtime, box: Box, verb: CopyVerb, after: Afterwards, task: () => Promise<T>) =>
  alone(box, async () => {
    const found = { ...box.record };
    const booted = await ensureUp(runtime, box, verb, ownerOf(box));
    try {
      return await task().catch(refused);
    } finally {
      if (booted && after === 'as found' && !defect('cp-leaves-box-up')) await putBack(runtime, box, found);
    }
  });

/** What the guest's file system refuses is the client's mistake: a file where a directory should be, a full disk. */
function refused(error: unknown): never {
  const text = messageOf(error);
  if (isVmGone(error)) throw invalidState('the box is no longer running: it went down during the copy');
  throw text.includes('connection to the VM daemon') ? error : invalidArgument(text);
}

async function putBack(runtime: Runtime, box: Box, found: BoxRecord): Promise<void> {
  await endVm(runtime, box, 'stop');
  const { status, exitCode, runs, restedAtMs } = found;
  update(runtime, box, { status, exitCode, runs, restedAtMs });
}

/** Mounts every container has besides its volumes (contract 2.8). */
const ownMounts = ['/tmp', '/dev/shm', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/**
 * An absolute, normal form of a path in a box.
 * @throws Fault invalid-argument for an empty path or one with a `..` in it.
 */
export function guestPath(path: string): string {
  if (path === '') throw invalidArgument('path cannot be empty');
  if (path.split('/').includes('..')) throw invalidArgument(`path '${path}' must not contain '..'`);
  const normal = posix.join('/', path);
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal;
}

/**
 * Refuses paths the root disk does not hold: what is copied there would be hidden by the mount (upstream #1361).
 * @throws Fault unsupported.
 */
function checkOnDisk(spec: BoxSpec, path: string): void {
  const over = [...ownMounts, ...spec.mounts.map((mount) => guestPath(mount.at))];
  const mount = over.find((at) => path === at || path.startsWith(at === '/' ? '/' : `${at}/`));
  if (mount && !defect('cp-to-tmpfs-accepted'))
    throw unsupported(`path '${path}' is at or under the mount ${mount}; use exec to reach it`);
}
