import type { Seen } from '../program/seen.ts';
import { fromAttach } from '../runtime/normal-form/index.ts';
import type { Hands } from './hands.ts';

/** Opens a WebSocket and keeps it under its handle; a refusal is the plain HTTP answer (contract 5.2). */
export async function openAttach(
  hands: Hands,
  handle: string,
  path: string,
  readonly: boolean | undefined,
  deadlineMs: number,
): Promise<Seen> {
  const options = { timeoutMs: deadlineMs, signal: hands.signal };
  const answer = await hands.session.attach(`${path}/attach${readonly ? '?stdin=0' : ''}`, options);
  if ('socket' in answer) hands.sockets.set(handle, answer.socket);
  return fromAttach(answer);
}
