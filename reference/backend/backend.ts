import type { ImageSource, Status } from '../core/box.ts';
import type { TreeEntry } from '../vm/port.ts';

/** A box as every verb shows it, whether it is read from a home or from a server. */
export interface BoxView {
  id: string;
  name: string | null;
  image: string;
  status: Status;
  /** RFC 3339. */
  createdAt: string;
  startedAt: string | null;
  pid: number | null;
  exitCode: number | null;
  cpus: number;
  memoryMib: number;
}

/** What `run` and `create` ask for. */
export interface CreateRequest {
  name: string | null;
  source: ImageSource;
  entrypoint: string[];
  cmd: string[];
  env: Record<string, string>;
  workdir: string;
  user: string;
  tty: boolean;
  cpus: number;
  memoryMib: number;
  /** `-v` texts as typed. */
  volumes: string[];
  detached: boolean;
  removeAtEnd: boolean;
  /** Seconds; needs a server. */
  autoStopS: number | undefined;
  autoDeleteS: number | undefined;
  autoResume: boolean;
}

/** What `exec` asks for. */
export interface ExecRequest {
  argv: string[];
  env: Record<string, string>;
  workdir?: string;
  tty: boolean;
  /** The caller's stdin goes to the command; otherwise it reads end-of-file at once. */
  stdin: boolean;
}

/** Where the bytes of a command go. */
export interface Sink {
  out(data: Buffer): void;
  err(data: Buffer): void;
}

/** How a stream came to its end. `code`: n, or -k for signal k; null when none could be obtained. */
export interface Ending {
  code: number | null;
  why?: string;
}

/** A command whose output is being read. */
export interface Stream {
  /** null closes stdin. */
  write(data: Buffer | null): void;
  signal(number: number): void;
  readonly ended: Promise<Ending>;
}

/** Everything the verbs need; one implementation works on a home, the other on a server. */
export interface Backend {
  boxes(): Promise<BoxView[]>;
  box(typed: string): Promise<BoxView>;
  /** The new box's id. */
  create(request: CreateRequest): Promise<string>;
  start(typed: string): Promise<void>;
  stop(typed: string): Promise<void>;
  remove(typed: string, force: boolean): Promise<void>;
  /** Runs the main command of a box that has never run, attached from its first byte. */
  runAttached(id: string, request: CreateRequest, sink: Sink): Promise<Stream>;
  exec(typed: string, request: ExecRequest, sink: Sink): Promise<Stream>;
  /** `exec -d`: resolves as soon as the command has been started. */
  spawn(typed: string, request: ExecRequest): Promise<void>;
  /** Entries of a tree on the box's disk, their paths relative to it ('' is the thing itself). */
  read(typed: string, path: string): Promise<TreeEntry[]>;
  write(typed: string, dir: string, entries: TreeEntry[]): Promise<void>;
  stats(typed: string): Promise<Record<string, unknown>>;
  /** Gives back what was opened; VMs this process owns are stopped. */
  close(): Promise<void>;
}
