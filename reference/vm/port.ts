import type { Hardware } from '../guest/hardware.ts';
import type { Policy } from '../guest/network.ts';

/**
 * The seam between the reference runtime's two halves. Behind it: one daemon process a home (the hypervisor)
 * that runs guests. In front of it: the runtime proper (records, state machine, texts, REST, CLI), which
 * comes and goes with every CLI process. The same split as in any micro-VM runtime, so that detaching,
 * adopting and recovering are real here too.
 */
export interface MountSpec {
  tag: string;
  at: string;
  mode: 'ro' | 'rw';
  /** Absolute path on the host: a directory or a single file. */
  source: string;
}

/** A port of the guest that is published on the loopback; `host` 0: at any that is free. */
export interface PortSpec {
  host: number;
  guest: number;
}

/** Who a VM belongs to; `connection`: it is stopped when the connection that booted it ends, however it ends. */
export type Owner = 'detached' | 'connection';

/** A VM went down by itself, by a stop or by a kill. `code`: n or 128+k; null: unknown. */
export type EndListener = (end: { box: string; code: number | null }) => void;

export interface BootSpec {
  box: string;
  /** `<home>/boxes/<id>`: disk contents, sockets and the recorded exit code live below it. */
  dir: string;
  mounts: MountSpec[];
  ports?: PortSpec[];
  /** The smallest when absent. */
  hardware?: Hardware;
  owner: Owner;
}

export interface ProcessSpec {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  /** As `-u` has it; root when absent. */
  user?: string | undefined;
  /** One stream for both, with a terminal's line ends. */
  tty: boolean;
  /** true: this is PID 1; the VM powers off when it ends, and its code is recorded under the box's dir. */
  init: boolean;
  /** The starter follows it at once: until then output beyond the backlog waits, for a few seconds at most. */
  followed?: boolean;
}

/** Why a process could not be started. */
export type SpawnFailure = 'not-found' | 'is-directory' | 'permission-denied' | 'bad-cwd' | 'no-such-user';

export class SpawnError extends Error {
  override name = 'SpawnError';
  readonly failure: SpawnFailure;
  constructor(failure: SpawnFailure) {
    super(failure);
    this.failure = failure;
  }
}

/** `code`: n, or -k when signal k ended it. null: unknown (the VM died). */
export type ProcessEvent = { kind: 'out' | 'err'; data: Buffer } | { kind: 'exit'; code: number | null };

export interface VmState {
  box: string;
  pid: number;
  owner: Owner;
  /** Id of the init process once it was started. */
  init: string | null;
}

/** User and group of a process or a file. */
export interface Ids {
  uid: number;
  gid: number;
}

/** Entry of a file tree, as in a tar. */
export interface TreeEntry {
  path: string;
  kind: 'file' | 'directory';
  mode: number;
  /** Root when absent. */
  owner?: Ids;
  data?: Buffer;
}

export interface Hypervisor {
  vms(): Promise<VmState[]>;
  boot(spec: BootSpec): Promise<{ pid: number }>;
  /** Starts a process; its id. Rejects with SpawnError. Rejects with Error('no such vm') when the VM is gone. */
  start(box: string, process: ProcessSpec): Promise<string>;
  /** Everything the process has written so far (bounded: last 256 KiB a stream), then live, then its exit. */
  follow(box: string, process: string, listener: (event: ProcessEvent) => void): Promise<void>;
  /** null closes stdin. */
  write(box: string, process: string, data: Buffer | null): Promise<void>;
  signal(box: string, process: string, signal: number): Promise<void>;
  /** The size of its terminal; without one nothing comes of it. */
  resize(box: string, process: string, rows: number, cols: number): Promise<void>;
  /** TERM to init and tenants, KILL after the grace; resolves when the VM is off. */
  stop(box: string): Promise<{ code: number | null }>;
  /** The VM process is killed at once; nothing is recorded. */
  kill(box: string): Promise<{ code: null }>;
  /** Reads a tree out of the root disk; null when the path does not exist. */
  readTree(box: string, path: string): Promise<TreeEntry[] | null>;
  /** Unpacks entries under a directory, which is made when it is missing; those without an owner are this user's. */
  writeTree(box: string, path: string, entries: TreeEntry[], user?: string): Promise<void>;
  /** Writes out what the root disk holds by now. */
  flush(box: string): Promise<void>;
  /** Whom the guest may reach from now on. */
  setPolicy(box: string, policy: Policy): Promise<void>;
  onEnd(listener: EndListener): void;
  /** Ends the connection; VMs of owner `connection` are stopped. */
  close(): Promise<void>;
}
