import type { MountSpec } from '../vm/port.ts';

/** Who a booted VM belongs to (contract 3.4). */
export type Owner = 'detached' | 'connection';

/** Words a status can have (contract 3.1). */
export type Status = 'configured' | 'running' | 'stopped' | 'failed';

/** Where a box's root disk comes from. */
export type ImageSource = { image: string } | { rootfs: string };

/** What was asked for when the box was made; never changed afterwards. */
export interface BoxSpec {
  source: ImageSource;
  entrypoint: string[];
  cmd: string[];
  env: Record<string, string>;
  workdir: string;
  user: string;
  tty: boolean;
  cpus: number;
  memoryMib: number;
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
  vmOwner: 'detached' | 'connection' | null;
  createdAtMs: number;
  updatedAtMs: number;
  startedAtMs: number | null;
  /** When it last came to rest. */
  restedAtMs: number | null;
}

/** Job boxes have a command of the user's own, sandbox boxes live on the image's default (contract 0). */
export const isJob = (box: BoxRecord): boolean => box.spec.entrypoint.length + box.spec.cmd.length > 0;

/** The argument vector of PID 1: the image's default is a shell on a silent stdin. */
export const mainArgv = (spec: BoxSpec): string[] =>
  spec.entrypoint.length + spec.cmd.length > 0 ? [...spec.entrypoint, ...spec.cmd] : ['sh'];

/** What the IMAGE column shows. */
export const imageLabel = (source: ImageSource): string =>
  'image' in source ? source.image : `rootfs:${source.rootfs}`;
