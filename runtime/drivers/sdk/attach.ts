import { type Bytes, ofBase64, toBase64 } from '../../../domain/bytes.ts';
import type { AttachFrame, AttachSocket } from '../../ports/session.ts';

/** What the driver of an SDK tells of an attached execution: output in base64, or the end. */
export type Driven = { readonly of: string } & (
  | { readonly out: string }
  | { readonly err: string }
  | { readonly code: number | null; readonly error: string | null }
);

/** A line as the frame that the attach of the SDK has received (contract 5.3); null for an end without a code. */
function frameOf(line: Driven): AttachFrame | null {
  if ('out' in line) return { kind: 'binary', data: `\x01${ofBase64(line.out)}` };
  if ('err' in line) return { kind: 'binary', data: `\x02${ofBase64(line.err)}` };
  if (line.code === null) return null;
  return { kind: 'text', text: JSON.stringify({ type: 'exit', exit_code: line.code }) };
}

/**
 * Makes an execution that an SDK is attached to look like the socket it has, so that one prediction judges both.
 * @param order makes a call of the driver about the execution and does not wait for it
 */
export function drivenAttach(order: (method: string, more?: { readonly data: string }) => void) {
  const frames: AttachFrame[] = [];
  let closed: { code: number } | null = null;
  let wake = Promise.withResolvers<void>();
  const changed = (): void => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const socket: AttachSocket = {
    executionId: undefined,
    frames: () => frames,
    closed: () => closed,
    sendBinary: (data: Bytes) => order('send', { data: toBase64(data) }),
    // Of the control frames an SDK has the end of input alone; signals and sizes are requests of their own.
    sendText: () => order('end_input'),
    changed: async (ms) => {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, closed ? 0 : Math.max(0, ms));
      await Promise.race([wake.promise, late]);
      clearTimeout(timer);
    },
    // An SDK has no word for it: its client goes when its process does.
    close: async () => {},
    drop: async () => {},
  };
  const hear = (line: Driven): void => {
    const frame = frameOf(line);
    if (frame) frames.push(frame);
    if ('code' in line) closed ??= { code: 1000 };
    changed();
  };
  const lost = (): void => {
    closed ??= { code: 1006 };
    changed();
  };
  return { hear, lost, attached: (executionId: string): AttachSocket => ({ ...socket, executionId }) };
}
