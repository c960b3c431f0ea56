import { z } from 'zod';
import { readJson } from '../files/json.ts';
import { replaceFile, toJson } from '../files/write.ts';
import { readProcess } from '../machine/process.ts';

/** Names a process so that it cannot be mistaken for a later one with the same pid; saved in the lab's files. */
export const processMarkSchema = z.strictObject({
  pid: z.int().positive(),
  /** Clock ticks between boot and its start, as text. */
  startTicks: z.string(),
});
export type ProcessMark = z.infer<typeof processMarkSchema>;

/** Gives the mark of a live process; null when there is none of that pid (a zombie counts as none). */
export function markOf(pid: number): ProcessMark | null {
  const found = readProcess(pid);
  return found && { pid, startTicks: String(found.startTicks) };
}

const stateSchema = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  /** Version of the runtime inside, where it is known; a machine that an older boxcheck started tells none. */
  runtime: z.string().nullable().default(null),
  qemu: processMarkSchema,
  sshPort: z.int(),
  /** Of the server of each lane. */
  servePorts: z.array(z.int()),
  apiKey: z.string(),
  /** `boxlite` for `--url` steps on this machine. */
  boxlite: z.string(),
  /** Stamp of the payload disk it was booted with: another one means that it is out of date. */
  payload: z.string(),
  /** Started to stay (`lab up`); otherwise the run that uses it ends it. */
  keep: z.boolean(),
  startedAt: z.string(),
  /** What `--version` of QEMU and the guest's kernel say. */
  qemuVersion: z.string(),
  kernel: z.string(),
});

/** A LabState is a machine that is up, or was when it was last heard of. */
export type LabState = z.infer<typeof stateSchema>;

/** Names the version of a CLI and that of the runtime inside it, which may be older. */
export const versionsText = ({ version, runtime }: Pick<LabState, 'version' | 'runtime'>): string =>
  `boxlite ${version} (runtime ${runtime ?? 'of an unknown version'})`;

/** Reads the state on disk; null when there is none, or none this version can read: then nothing is up that it knows. */
export const readState = (file: string): Promise<LabState | null> =>
  readJson(file, { schema: stateSchema }).catch(() => null);

/** Replaces the state; it holds the server's key, so nobody else may read it. */
export const writeState = (file: string, state: LabState): void => replaceFile(file, toJson(state), 0o600);
