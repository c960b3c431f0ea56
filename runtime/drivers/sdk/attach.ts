import { type Bytes, ofBase64, toBase64 } from '../../../domain/bytes.ts';
import type { AttachFrame, AttachSocket } from '../../ports/session.ts';

/** What the driver of an SDK tells of an attached execution: output in base64, or the end. */
export type Driven = { readonly of: string } & (
  | { readonly out: string }
  | { readonly err: string }
  | { readonly code: number | null; readonly error: string | null }
);

const channels = { out: '\x01', err: '\x02' } as const;
const CLOSED_NORMALLY = 1000;
const LOST = 1006;

/**
 * Makes an execution that an SDK is attached to look like the socket it has: what it writes comes as the frames of
 * contract 5.3, so that one prediction judges both.
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
  const close = (code: number): void => {
    closed ??= { code };
    changed();
  };
  const attach = {
    executionId: undefined as string | undefined,
    hear: (line: Driven): void => {
      if ('code' in line) {
        if (line.code !== null)
          frames.push({ kind: 'text', text: JSON.stringify({ type: 'exit', exit_code: line.code }) });
        close(CLOSED_NORMALLY);
        return;
      }
      const [kind, data] = 'out' in line ? (['out', line.out] as const) : (['err', line.err] as const);
      frames.push({ kind: 'binary', data: channels[kind] + ofBase64(data) });
      changed();
    },
    lost: (): void => close(LOST),
    socket: undefined as unknown as AttachSocket,
  };
  attach.socket = {
    get executionId() {
      return attach.executionId;
    },
    frames: () => frames,
    closed: () => closed,
    sendBinary: (data: Bytes) => order('send', { data: toBase64(data) }),
    // Of the control frames an SDK has the end of input alone; signals and sizes are requests of their own.
    sendText: () => order('end_input'),
    changed: async (ms) => {
      if (closed) return;
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, Math.max(0, ms));
      await Promise.race([wake.promise, late]);
      clearTimeout(timer);
    },
    // An SDK has no word for it: its client goes when its process does.
    close: async () => {},
    drop: async () => {},
  };
  return attach;
}
