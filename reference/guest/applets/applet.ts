import type { Bytes } from '../bytes.ts';
import { bufferOf, stringOf } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { release } from '../io/open-file.ts';
import { limits } from '../limits.ts';
import type { GuestProcess } from '../process/process.ts';

/** One run of a program. */
export interface Call {
  by: GuestProcess;
  name: Bytes;
  args: Bytes[];
}

/** A program of the guest. Gives its exit code; an Errno it throws is printed behind its name, with code 1. */
export type Applet = (call: Call) => number | Promise<number>;

/** Writes text to stdout. */
export const print = (call: Call, text: Bytes): Promise<void> => call.by.write(1, bufferOf(text));

/** Writes a message behind the program's name to stderr. Gives `code`, to be returned. */
export async function complain(call: Call, text: Bytes, code = 1): Promise<number> {
  await call.by.write(2, bufferOf(`${call.name}: ${text}\n`));
  return code;
}

export const usage = (call: Call): Promise<number> =>
  complain(call, 'usage error: see `busybox` for what is supported', 1);

/** Runs something for each of several operands; one that fails is told and does not stop the others. */
export async function each(
  call: Call,
  operands: Bytes[],
  act: (operand: Bytes) => void | Promise<void>,
): Promise<number> {
  let code = 0;
  for (const operand of operands) {
    try {
      await act(operand);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      code = await complain(call, `${operand}: ${error.message}`);
    }
  }
  return code;
}

/** Chunks of a file, or of stdin for `-`. */
export async function* chunks(call: Call, path: Bytes): AsyncGenerator<Buffer> {
  const { by } = call;
  const file = path === '-' ? by.fd(0) : by.kernel.vfs.open(by, path, { read: true });
  try {
    for (;;) {
      await by.pause();
      const data = await file.read(by, limits.pipeBytes);
      by.check();
      if (data.length === 0) return;
      yield data;
    }
  } finally {
    if (path !== '-') release(file);
  }
}

/** Lines of a file, each with its newline if it has one. */
export async function* lines(call: Call, path: Bytes): AsyncGenerator<Bytes> {
  let rest = '';
  for await (const chunk of chunks(call, path)) {
    const pieces = (rest + stringOf(chunk)).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) yield `${piece}\n`;
    if (rest.length > limits.lineBytes) throw new Errno('EFBIG');
  }
  if (rest !== '') yield rest;
}

/** All of a file. */
export async function whole(call: Call, path: Bytes): Promise<Buffer> {
  const all: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks(call, path)) {
    all.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > limits.diskBytes) throw new Errno('EFBIG');
  }
  return Buffer.concat(all);
}
