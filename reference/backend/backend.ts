import type { BoxJson, BoxSpec } from '../core/box.ts';
import type { Policy } from '../guest/network.ts';
import type { TreeEntry } from '../vm/port.ts';

/** What `run` and `create` ask for; the rest of a box is as `plainSpec` has it. */
export interface CreateRequest
  extends Pick<
    BoxSpec,
    | 'source'
    | 'entrypoint'
    | 'cmd'
    | 'env'
    | 'workdir'
    | 'user'
    | 'tty'
    | 'detached'
    | 'removeAtEnd'
    | 'cpus'
    | 'memoryMib'
    | 'diskGb'
    | 'capabilities'
    | 'network'
    | 'ports'
    | 'autoStopS'
    | 'autoDeleteS'
    | 'autoResume'
  > {
  name: string | null;
  /** `-v` texts as typed. */
  volumes: string[];
}

/** What `exec` asks for. */
export interface ExecRequest {
  argv: string[];
  env: Record<string, string>;
  workdir?: string;
  user?: string;
  /** The caller's stdin goes to the command; otherwise it reads end-of-file at once. */
  stdin: boolean;
  tty: boolean;
}

/** How a stream came to its end. `code`: n, or -k for signal k; null when none could be obtained. */
export interface Ending {
  code: number | null;
  why?: string;
}

/** A command whose output goes to the caller, stdout and stderr apart. */
export interface Stream {
  /** null closes stdin. */
  write(data: Buffer | null): void;
  signal(number: number): void;
  resize(rows: number, cols: number): void;
  readonly ended: Promise<Ending>;
}

/** Everything the verbs need; one implementation works on a home, the other on a server. */
export interface Backend {
  boxes(): Promise<BoxJson[]>;
  box(typed: string): Promise<BoxJson>;
  /** The new box's id. */
  create(request: CreateRequest): Promise<string>;
  start(typed: string): Promise<void>;
  stop(typed: string): Promise<void>;
  remove(typed: string, force: boolean): Promise<void>;
  /** Runs the main command of a box that has never run, attached from its first byte. */
  runAttached(id: string): Promise<Stream>;
  exec(typed: string, request: ExecRequest): Promise<Stream>;
  /** `exec -d`: resolves as soon as the command has been started. */
  spawn(typed: string, request: ExecRequest): Promise<void>;
  /** Entries of a tree on the box's disk, named from its base name, parents first. */
  read(typed: string, path: string): Promise<TreeEntry[]>;
  /** Puts a file, or a directory with what is in it, at a path, or into the directory that is there. */
  write(typed: string, path: string, entries: TreeEntry[]): Promise<void>;
  /** Whom a running box may reach from now on. */
  setPolicy(typed: string, direction: 'outbound' | 'inbound', policy: Policy): Promise<void>;
  stats(typed: string): Promise<Record<string, unknown>>;
  /** Everything the VM of a local box has written to its console. */
  console(typed: string): Promise<string>;
  /** Gives back what was opened; VMs this process owns are stopped. */
  close(): Promise<void>;
}
