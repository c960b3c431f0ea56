/**
 * Inside the guest all text is a byte string: one character a byte (0-255). Arguments, file names and file
 * contents then survive any byte value, which UTF-16 text would not let them.
 */
export type Bytes = string;

/** The byte string a host text has inside the guest (its UTF-8 bytes). */
export const bytesOf = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1');

/** The host text of a byte string; bytes that are no UTF-8 become replacement characters. */
export const textOf = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** A byte string as a buffer. */
export const bufferOf = (bytes: Bytes): Buffer => Buffer.from(bytes, 'latin1');

/** A buffer as a byte string. */
export const stringOf = (buffer: Uint8Array): Bytes =>
  Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString('latin1');

export const noBytes: Buffer = Buffer.alloc(0);
