import type { Bytes } from '../../../domain/bytes.ts';
import { writeBytes } from '../check-bytes.ts';

/** A call with bytes on its stdin; without them a call reads end-of-file at once. */
export function input(bytes: Bytes | undefined, call: string): string[] {
  if (bytes === undefined) return [call];
  return [writeBytes(bytes, '"$T/in"'), 'INPUT=$T/in', call, 'INPUT=/dev/null'];
}

/** Bytes in hex, as attach.py takes them. */
export const hex = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString('hex');
