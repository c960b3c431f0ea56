import { defect } from '../defects/switch.ts';
import type { MountSpec, Owner, PortSpec } from '../vm/port.ts';
import type { Capabilities } from './capabilities.ts';
import { Fault, invalidState } from './fault.ts';
import { type Network, networkJson } from './network.ts';
import { profile } from './profile.ts';

/** Words a status can have (contract 3.1). */
type Status = 'configured' | 'running' | 'stopped' | 'failed';

/** Where a box's root disk comes from. */
export type ImageSource = { image: string } | { rootfs: string };

/** What was asked for when the box was made; never changed afterwards. */
export interface BoxSpec {
  source: ImageSource;
  entrypoint: string[];
  cmd: string[];
  env: Record<string, string>;
  workdir: string;
  /** As `-u` has it; empty: the image's. */
  user: string;
  tty: boolean;
  cpus: number;
  memoryMib: number;
  /** 0: as large as its image. */
  diskGb: number;
  capabilities: Capabilities;
  network: Network;
  ports: PortSpec[];
  mounts: MountSpec[];
  /** Host directories made for anonymous volumes; they go with the box. */
  anonymous: string[];
  detached: boolean;
  /** Remove the box when the foreground run that made it is over. */
  removeAtEnd: boolean;
  /** Seconds, 0 = off. */
  autoStopS: number;
  autoDeleteS: number;
  autoResume: boolean;
}

/** The record of a box as it is kept on disk. */
export interface BoxRecord {
  id: string;
  containerId: string;
  name: string | null;
  spec: BoxSpec;
  status: Status;
  /** How many times the main command was started. */
  runs: number;
  exitCode: number | null;
  /** Of the VM; 0 while it boots, null without one. */
  pid: number | null;
  /** Who owned the last VM (contract 3.4). */
  vmOwner: Owner | null;
  createdAtMs: number;
  updatedAtMs: number;
  /** When it last came to rest. */
  restedAtMs: number | null;
  /** Disks that were put by, oldest first, and the one that the present disk stands on (contract 11.4). */
  snapshots: SnapshotRecord[];
  head: string | null;
  /** The box that this one is a clone of. */
  source: string | null;
}

/** A disk that was put by. */
export interface SnapshotRecord {
  id: string;
  name: string;
  createdAtS: number;
  /** The snapshot it stands on. */
  parent: string | null;
  /** A clone was made of a disk that stands on it. */
  cloned: boolean;
}

/** What a box is like of whom nothing else was asked for. */
export const plainSpec: Omit<BoxSpec, 'source' | 'detached'> = {
  entrypoint: [],
  cmd: [],
  env: {},
  workdir: '/',
  user: '',
  tty: false,
  cpus: 1,
  memoryMib: 1024,
  diskGb: 0,
  capabilities: { add: [], drop: [] },
  network: { outbound: true, inbound: false, rules: [], hasDevice: true },
  ports: [],
  mounts: [],
  anonymous: [],
  removeAtEnd: false,
  autoStopS: 0,
  autoDeleteS: 0,
  autoResume: true,
};

/**
 * A box as REST shows it, and as the verbs read it from either side; `exit_code` is left out while there is none
 * (contract 4.4).
 */
export type BoxJson = ReturnType<typeof boxJson>;

/** Makes a record what is shown of it. */
export const boxJson = ({ spec, ...record }: BoxRecord) => ({
  box_id: record.id,
  name: record.name,
  status: record.status,
  created_at: new Date(record.createdAtMs).toISOString(),
  updated_at: new Date(record.updatedAtMs).toISOString(),
  pid: record.pid || null,
  image: 'image' in spec.source ? spec.source.image : `rootfs:${spec.source.rootfs}`,
  cpus: defect('cpus-shown-as-one') ? 1 : spec.cpus,
  memory_mib: defect('memory-shown-in-bytes') ? spec.memoryMib * 2 ** 20 : spec.memoryMib,
  ...(profile.networkShown ? { network: networkJson(spec.network) } : {}),
  labels: {},
  auto_stop: defect('auto-stop-not-shown') ? 0 : spec.autoStopS,
  auto_delete: defect('auto-delete-not-shown') ? 0 : spec.autoDeleteS,
  auto_resume: spec.autoResume,
  ...(record.exitCode === null ? {} : { exit_code: record.exitCode }),
});

/** Job boxes have a command of the user's own, sandbox boxes live on the image's default (contract 0). */
export const isJob = (box: BoxRecord): boolean => box.spec.entrypoint.length + box.spec.cmd.length > 0;

/** The argument vector of PID 1: the image's default is a shell on a silent stdin. */
export function mainArgv({ entrypoint, cmd }: BoxSpec): string[] {
  const image = ['sh'];
  if (entrypoint.length === 0) return cmd.length > 0 ? cmd : image;
  if (cmd.length === 0 && defect('image-command-kept')) return [...entrypoint, ...image];
  return cmd.length > 0 && defect('entrypoint-ignored') ? cmd : [...entrypoint, ...cmd];
}

/** What is about to be done to a box that may not be up, in the words of the refusal (contract 2.4, 2.8). */
export type GuardedVerb = 'exec' | 'copy into' | 'copy out' | 'metrics';

/**
 * Whether the verb may go on, booting the box if it is not up: a command of the user's own is never run as a
 * side effect (contract 3.2).
 * @throws Fault invalid-state.
 */
export function guard(box: BoxRecord, verb: GuardedVerb): void {
  if (box.status === 'running') return;
  if (box.status === 'failed') throw refused(box, verb, '');
  if (isJob(box)) throw refused(box, verb, jobReason(box));
  if (box.status === 'stopped' && !box.spec.autoResume && profile.deadlines && !defect('resumed-anyway'))
    throw new Fault('conflict', `box ${box.id} has AutoResume disabled; start it explicitly first`);
}

const jobReason = (box: BoxRecord): string =>
  box.runs > 0
    ? ' and its main command has already run; start the box explicitly'
    : '; starting the box would run its main command, start the box explicitly';

const refused = (box: BoxRecord, verb: GuardedVerb, reason: string): Fault =>
  invalidState(`Cannot ${verb} box ${box.id}: it is ${box.status}${reason}`);

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Draws a text; not secret, so the cheap generator is enough, and node:crypto would cost start-up time. */
const draw = (length: number, from: string): string =>
  Array.from({ length }, () => from[Math.floor(Math.random() * from.length)]).join('');

/** A fresh box id: 12 letters and digits. */
export const newBoxId = (): string => draw(12, letters);

/** A fresh id of a snapshot. */
export const newSnapshotId = (): string => draw(8, letters);

/** A fresh container id: 64 hex digits. */
export const newContainerId = (): string => draw(64, '0123456789abcdef');
