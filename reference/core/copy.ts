import { defect } from '../defects/switch.ts';
import type { Owner, TreeEntry } from '../vm/port.ts';
import type { BoxRecord } from './box.ts';
import { invalidArgument, invalidState, messageOf, notFound } from './fault.ts';
import { checkOnDisk, guestPath } from './guest-path.ts';
import { placeFile } from './place-file.ts';
import { stopVm } from './power.ts';
import { alone, type Box, type Runtime, update } from './runtime.ts';
import { isVmGone } from './spawn-fault.ts';
import { ensureUp } from './up.ts';

/** What becomes of a box that had to be booted for a copy: `cp` puts it back, REST files leaves it up. */
export type Afterwards = { keepUp: boolean; owner: Owner };

/** `file`: the archive is one file that is to have the path's name, where no directory is there. */
type Shape = 'tree' | 'file';

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
    const placed = shape === 'file' ? await placeFile(hypervisor, id, dir, entries) : { dir: at, entries };
    await hypervisor.writeTree(id, placed.dir, placed.entries);
  });
}

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
  return tree;
}

type CopyVerb = 'copy into' | 'copy out';

const withUp = <T>(runtime: Runtime, box: Box, verb: CopyVerb, after: Afterwards, task: () => Promise<T>) =>
  alone(box, async () => {
    const found = { ...box.record };
    const booted = await ensureUp(runtime, box, verb, after.owner);
    try {
      return await task().catch(refused);
    } finally {
      if (booted && !after.keepUp && !defect('cp-leaves-box-up')) await putBack(runtime, box, found);
    }
  });

/** What the guest's file system refuses is the client's mistake: a file where a directory should be, a full disk. */
function refused(error: unknown): never {
  const text = messageOf(error);
  if (isVmGone(error)) throw invalidState('the box went down during the copy');
  throw text.includes('connection to the VM daemon') ? error : invalidArgument(text);
}

async function putBack(runtime: Runtime, box: Box, found: BoxRecord): Promise<void> {
  await stopVm(runtime, box);
  const { status, exitCode, runs, startedAtMs, restedAtMs } = found;
  update(runtime, box, { status, exitCode, runs, startedAtMs, restedAtMs });
}
