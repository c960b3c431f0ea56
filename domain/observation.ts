import type { Bytes } from './bytes.ts';

/**
 * An Observation is the normal form of what a runtime answered, the same for all surfaces, so that one prediction
 * judges them all and two targets can be compared step by step.
 */
export type Observation =
  /** The operation was carried out; REST start and stop also tell the box. */
  | { is: 'done'; id?: string; box?: BoxObservation }
  /** Several targets: what became of each (typed text, in order). */
  | { is: 'batch'; each: { text: string; ok: boolean }[]; exit: number; err: string }
  /** A process ran to its end: the CLI's exit code, over REST -k mapped to 128+k. null: no code was told, and how else it ended. */
  | { is: 'ended'; code: number | null; out: Bytes; err: Bytes; how?: string }
  | { is: 'box'; box: BoxObservation }
  | { is: 'boxes'; boxes: BoxObservation[] }
  /** GET execution; the code as on the wire. */
  | { is: 'execution'; id?: string; status: string; code?: number }
  /** The WebSocket is open. */
  | { is: 'attached'; executionId?: string }
  /** Everything one attach has received so far. */
  | StreamObservation
  /** Bytes of a file that was copied out or read on the host; null where there is none. */
  | { is: 'bytes'; data: Bytes | null }
  /** Refused in the way the surface has for it: exit 1 or 2 with `Error:`, or a 4xx with the envelope. */
  | RefusedObservation
  /** No contract answer at all: 5xx, untyped error, panic, hang, lost connection. Never allowed. */
  | { is: 'broken'; how: Broken; text: string; status?: number };

export type Broken = '5xx' | 'untyped' | 'panic' | 'signal' | 'hang' | 'transport' | 'malformed';

export interface RefusedObservation {
  is: 'refused';
  /** CLI only. */
  exit?: number;
  /** REST only. */
  status?: number;
  type?: string;
  code?: string;
  /** SDKs only: what kind of exception was raised (contract 15.3). */
  kind?: string;
  /** stderr of the CLI, message over REST and of an exception. */
  text: string;
}

export interface StreamObservation {
  is: 'stream';
  out: Bytes;
  err: Bytes;
  /** Error frames in order. */
  errors: { message: string; code?: string }[];
  /** The exit frame's code; absent while none has come. */
  exit?: number;
  /** Whether the server has closed the connection, with the close code. */
  closed: { code: number } | null;
}

/** What was asked for a box, as far as a view tells of it. */
export type Shown = Readonly<
  Partial<Record<'cpus' | 'memoryMib' | 'autoStopS' | 'autoDeleteS', number>> & {
    autoResume?: boolean;
  } & Partial<Record<'outbound' | 'inbound' | 'allowNet', string>>
>;

/** A BoxObservation is a box as any view shows it. */
export interface BoxObservation {
  shown?: Shown;
  id: string;
  name: string | null;
  /** Lower case on every surface. */
  status: string;
  /** null: no code shown (REST: absent). */
  exitCode?: number | null;
  /** CLI inspect shows 0, which stands for no code as well (contract 2.7), so `exitCode` is left out. */
  zeroCode?: true;
  pid?: number | null;
  image?: string;
  /** As the view tells it. */
  createdAt?: string;
}
