/**
 * Bytes are arbitrary bytes as a string with one character a byte (code points 0-255), so that they survive JSON,
 * compare with `===` and stay readable in a trace.
 */
export type Bytes = string;

/** Gives the byte string of a buffer. */
export const fromBuffer = (buffer: Uint8Array): Bytes => Buffer.from(buffer).toString('latin1');

/** Gives the buffer of a byte string. */
export const toBuffer = (bytes: Bytes): Buffer => Buffer.from(bytes, 'latin1');

/** Gives a byte string as base64, and back. */
export const toBase64 = (bytes: Bytes): string => toBuffer(bytes).toString('base64');
export const ofBase64 = (text: string): Bytes => fromBuffer(Buffer.from(text, 'base64'));

/** Says whether bytes are UTF-8 text. */
export function isText(bytes: Bytes): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(toBuffer(bytes));
    return true;
  } catch {
    return false;
  }
}

/** Gives all 256 byte values once, in order. */
export const everyByte: Bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i));

/** Gives the bytes a text becomes as a process argument, an environment value or a JSON string. */
export const utf8 = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1');
