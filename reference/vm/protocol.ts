import type { EndListener, Hypervisor, ProcessEvent, SpawnFailure } from './port.ts';

/** Calls that are passed through as they are. */
type PlainCall = Exclude<keyof Hypervisor, 'follow' | 'onEnd'>;

export type Request =
  | { id: number; call: PlainCall; args: unknown[] }
  /** The client chooses the number under which events come. */
  | { id: number; call: 'follow'; args: [box: string, process: string, subscription: number] }
  /** Answered by a daemon that is well. */
  | { id: number; call: 'hello'; args: [] }
  /** Ends the daemon and all its VMs. */
  | { id: number; call: 'shutdown'; args: [] };

export type Failure = { message: string } | { failure: SpawnFailure };

export type Response =
  | { id: number; value: unknown }
  | { id: number; error: Failure }
  | { subscription: number; event: ProcessEvent }
  | { end: Parameters<EndListener>[0] };
