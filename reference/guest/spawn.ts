import { defect } from '../defects/switch.ts';
import { type ProcessSpec, SpawnError } from '../vm/port.ts';
import type { Files } from './disk/files.ts';
import { shellPath } from './disk/image.ts';
import { GuestProcess } from './process.ts';
import { spoilStreams } from './spoil-streams.ts';
import { type Call, Complaint } from './work/call.ts';
import { shellOf } from './work/shell.ts';

/** What a guest lends to its processes. */
export type Lent = Omit<Call, 'by' | 'env' | 'cwd'>;

/**
 * Starts a process from outside the guest.
 * @throws SpawnError when its program or its directory is not what it should be.
 */
export function spawn(lent: Lent, id: string, spec: ProcessSpec): GuestProcess {
  const argv = defect('arguments-split') ? spec.argv.flatMap((arg) => arg.split(' ')) : spec.argv;
  const cwd = defect('workdir-ignored') ? '/' : spec.cwd || '/';
  checkDirectory(lent.files, cwd);
  checkProgram(lent.files, cwd, argv[0] ?? '');
  const by = new GuestProcess(id, spec);
  if (spec.followed) for (const outlet of [by.out, by.err]) outlet.expectFollower();
  spoilStreams(by);
  void run({ ...lent, by, cwd, env: spec.env }, argv.slice(1));
  return by;
}

/** Runs the shell in a process, and ends it with its code. */
async function run(call: Call, args: string[]): Promise<void> {
  const { by } = call;
  // Whoever starts it sets up what happens at its end first.
  await Promise.resolve();
  try {
    by.end(await shellOf(args)(call));
  } catch (error) {
    const known = error instanceof Complaint;
    // What is no complaint is a fault of this guest, told where the user looks first.
    await by.write('err', `${known ? error.message : `guest fault: ${(error as Error).stack}`}\n`);
    by.end(known ? error.code : 134);
  }
}

function checkDirectory(files: Files, cwd: string): void {
  if (files.look('/', cwd)?.kind !== 'directory') throw new SpawnError('bad-cwd');
}

/** The one program of this guest has a path, and the name under which PATH finds it. */
function checkProgram(files: Files, cwd: string, name: string): void {
  const found = name.includes('/') ? files.look(cwd, name) : name === 'sh' && files.look('/', shellPath);
  if (!found) throw new SpawnError('not-found');
  if (found.kind === 'directory') throw new SpawnError('is-directory');
  if (found.kind !== 'file' || (found.mode & 0o111) === 0) throw new SpawnError('permission-denied');
}
