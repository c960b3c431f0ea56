import type { Session } from './session.ts';

export type TargetName = 'reference' | 'lab' | 'host' | 'external';

/** What a runtime says of itself. */
export interface Identity {
  target: TargetName;
  /** `boxlite --version` of the local CLI, of the --url client, and what the server tells, where each exists. */
  version: string;
  /** Anything that helps to tell two runs apart: binary path, kernel, accelerator. */
  details: Record<string, string>;
}

/** What exists on the runtime's machine because of it: one line a thing, comparable as a set. */
export type Baseline = string[];

/** Whether nothing exists beyond what did before: what has gone meanwhile is nobody's leak. */
export function nothingBeyond(now: Baseline, before: Baseline): boolean {
  const open = [...before];
  return now.every((line) => {
    const at = open.indexOf(line);
    if (at >= 0) open.splice(at, 1);
    return at >= 0;
  });
}

/** Thrown by any call when the machine under the runtime broke, not the runtime: never a counterexample. */
export class InfrastructureError extends Error {
  override name = 'InfrastructureError';
}

/** A runtime somebody can drive. One object owns every process and directory it starts. */
export interface Target {
  readonly identity: Identity;
  /** A fresh pair of hands; `label` names its scratch directories. */
  session(label: string): Promise<Session>;
  /**
   * Processes, home files, sockets, mounts and listening ports that belong to the runtime now. Waits until it
   * holds nothing beyond `settled` or `deadlineMs` has passed (contract 7.11: gone 5 s after rm).
   */
  baseline(settled?: Baseline, deadlineMs?: number): Promise<Baseline>;
  /** Removes every box in every home of this target, whatever it takes. Returns what had to be removed. */
  sweep(): Promise<string[]>;
  /** The machine under the runtime is itself shaky: what shows once and never again does not gate a merge. */
  readonly shaky?: boolean;
  /** Cheap sign of life of the machine; rejects with InfrastructureError when it is lost. */
  heartbeat(): Promise<void>;
  /** Whether an error text is the machine's fault rather than the runtime's, such as a boot that emulation broke. */
  isInfrastructure?(text: string): boolean;
  /** Brings a broken machine back (lab: restart); resolves when a heartbeat succeeds again. */
  recover(): Promise<void>;
  /** The runtime's own logs since the given time (ms since epoch), by file name. */
  logs(sinceMs: number): Promise<Record<string, string>>;
  /** Ends everything it started; afterwards nothing of it is left on the machine. */
  close(): Promise<void>;
}
