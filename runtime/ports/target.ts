import type { Identity } from '../../domain/identity.ts';
import type { Session } from './session.ts';

/** A Baseline says what exists on the runtime's machine because of it: one line a thing, comparable as a set. */
export type Baseline = string[];

/** A Target is a runtime somebody can drive. One object owns every process and directory it starts. */
export interface Target {
  readonly identity: Identity;
  /** Opens a session for one program; `label` names its scratch directories. */
  session(label: string): Promise<Session>;
  /**
   * Processes, home files, sockets, mounts and listening ports that belong to the runtime now. Waits until it
   * holds nothing beyond `settled`, and lines that `stays` is true of, or `deadlineMs` has passed (contract 7.11).
   */
  baseline(settled?: Baseline, deadlineMs?: number, stays?: (line: string) => boolean): Promise<Baseline>;
  /** Removes every box in every home of this target, whatever it takes. Returns what had to be removed. */
  sweep(): Promise<string[]>;
  /** The machine under the runtime is itself shaky: what shows once and never again does not gate a merge. */
  readonly shaky?: boolean;
  /** Cheap sign of life of the machine; rejects with InfrastructureError when it is lost. */
  heartbeat(): Promise<void>;
  /**
   * Aborts, with an InfrastructureError as its reason, once the machine is found lost beside what it is doing: calls
   * that are under way end with it. Another signal after `recover`; absent where nothing looks beside.
   */
  lost?(): AbortSignal;
  /** Whether an error text is the machine's fault rather than the runtime's, such as a boot that emulation broke. */
  isInfrastructure?(text: string): boolean;
  /** Whether a plain box boots on the machine now: then such a text, come again, is the runtime's after all. */
  control?(): Promise<boolean>;
  /** Brings a broken machine back (lab: restart); resolves when a heartbeat succeeds again. */
  recover(): Promise<void>;
  /**
   * Opens one more lane on the same machine, with homes and a server of its own: what `recover` brings back is brought
   * back for all of them, and ends what any of them has under way. Absent where the next lane is opened as the first was.
   */
  beside?(): Promise<Target>;
  /** The runtime's own logs since the given time (ms since epoch), by file name. */
  logs(sinceMs: number): Promise<Record<string, string>>;
  /** Ends everything it started; afterwards nothing of it is left on the machine. */
  close(): Promise<void>;
}

/** TargetOptions hold what the command line says about targets, already parsed. */
export interface TargetOptions {
  /** `boxlite` binary for host, external and for `--url` steps. */
  boxlite?: string;
  /** host, lab: `boxlite` for `--url` steps alone, of another version than the server. */
  urlBoxlite?: string;
  /** external: server to use. */
  url?: string;
  apiKey?: string;
  pathPrefix?: string;
  /** external: home of the local CLI. */
  home?: string;
  /** external: image or rootfs directory boxes are made from. */
  image?: string;
  rootfs?: string;
  /** lab: BoxLite version. */
  version?: string;
  /** reference: names of seeded defects to switch on. */
  defects?: string[];
  /** reference: directory in which it notes the sites of defects that it comes past; none of them does anything. */
  defectTrace?: string;
  /**
   * reference: processes that stay serve the calls of its CLI. Several times quicker; what only the end of a
   * process does is then played by closing what the call has opened.
   */
  resident?: boolean;
  /** Where long-lived state is kept; default `$XDG_CACHE_HOME/boxcheck`. */
  cacheDir?: string;
}
