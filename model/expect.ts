import type { Bytes } from '../domain/bytes.ts';
import type { Shown } from '../domain/observation.ts';
import type { Reason } from './reasons.ts';
import type { ErrorFrame } from './world.ts';

/** What bytes may be. Data, not a function: it is written into traces and counterexamples. */
export type BytesExpect =
  | { exactly: Bytes }
  /** The truth or a prefix of it: the process was cut off. */
  | { prefixOf: Bytes }
  /** The truth, or a suffix of it of at least so many bytes (contract 7.5). */
  | { suffixOf: Bytes; atLeast: number }
  | { contains: readonly Bytes[] }
  /** /proc/mounts: these paths with their modes, none of those. */
  | { mounts: readonly { at: string; mode: 'ro' | 'rw' }[]; hidden: readonly string[] }
  /** /proc/PID/environ: of the variables of programs exactly these, each once. */
  | { variables: Readonly<Record<Bytes, Bytes>> }
  /** Whole numbers, a line each, from the first of these to the second. */
  | { between: readonly (readonly [least: number, most: number])[] }
  /** Parts, each of which is as it says, a line of two dashes between any two. */
  | { parts: readonly BytesExpect[] }
  /** A set of bits in hexadecimal with these, and without those. */
  | { bits: { readonly set: readonly number[]; readonly clear: readonly number[] } }
  /** A JSON object with numbers of these names, each within its bounds; null: no upper one. */
  | { numbers: Readonly<Record<string, readonly [least: number, most: number | null]>> }
  /** A JSON array of objects that tell these metrics in this order, each with a value (contract 13). */
  | { metrics: readonly string[] }
  /** At most so many lines. */
  | { atMostLines: number }
  | { anything: true };

/** What a view of a box may show. */
export interface BoxExpect {
  /** Program handle; the runner knows the real id. */
  handle: string;
  /** Allowed status words, lower case, each with the code that goes with it ('any': not judged). */
  states: readonly { status: string; code: number | null | 'any' }[];
  name: string | null;
  /** What was asked for and must be shown, where the view tells of it. */
  shows?: Shown;
}

/** What a step may be answered with, the same for every surface. */
export type Expect =
  | { is: 'done'; box?: BoxExpect }
  /** Done, and the answer carries the id of the new box or execution. */
  | { is: 'made' }
  | { is: 'batch'; each: readonly { ok: boolean; reason?: Reason }[] }
  | { is: 'ended'; codes: readonly number[] | 'nonzero'; out: BytesExpect; err: BytesExpect }
  | { is: 'box'; box: BoxExpect }
  /** Exactly these boxes of the program, in any order. */
  | { is: 'boxes'; boxes: readonly BoxExpect[]; optional: readonly BoxExpect[] }
  | { is: 'execution'; status: 'running' | 'completed'; codes?: readonly number[] }
  | { is: 'attached' }
  | {
      is: 'stream';
      out: BytesExpect;
      err: BytesExpect;
      errors: readonly ErrorFrame[];
      /** `open`: neither exit frame nor close. */
      end: 'open' | { exitFrame: 'must' | 'may' | 'never'; codes: readonly number[]; closeCode?: number };
    }
  | { is: 'bytes'; data: BytesExpect | null }
  | { is: 'refused'; reason: Reason };
