import { createHash } from 'node:crypto';
import { type Bytes, toBuffer } from '../domain/bytes.ts';
import type { Event } from '../program/history.ts';

/** Longer strings are replaced in traces by their length, their hash and their two ends. */
const LONGEST = 512;
const END = 48;

/** A string too long for a trace, recognisable and comparable without its middle. */
interface Abbreviated {
  length: number;
  sha256: string;
  begins: string;
  ends: string;
}

/** SHA-256 of a byte string, in hex. */
export const sha256 = (bytes: Bytes): string => createHash('sha256').update(toBuffer(bytes)).digest('hex');

/** A copy of plain data in which every string longer than 512 characters is abbreviated. */
export function abbreviate(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST ? short(value) : value;
  if (Array.isArray(value)) return value.map(abbreviate);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, abbreviate(part)]));
}

function short(text: string): Abbreviated {
  return {
    length: text.length,
    sha256: sha256(text),
    begins: text.slice(0, END),
    ends: text.slice(-END),
  };
}

/** The trace of a program: one executed step a line as JSON, long byte strings abbreviated. */
export const traceOf = (events: readonly Event[]): string =>
  events.map((event) => `${JSON.stringify(abbreviate(event))}\n`).join('');
