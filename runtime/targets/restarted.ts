import { type ServerEnd, serverEnds } from '../../domain/server-end.ts';
import type { RestartAnswer } from '../ports/session.ts';

/**
 * Says what became of a server that was told to end. `ended`: how the old one did; `back` starts or awaits another
 * one and rejects when there is none. One that crashed before is not made good by its successor.
 */
export async function restarted(
  ended: 'by itself' | 'killed' | 'before',
  back: Promise<unknown>,
  how: ServerEnd,
  endMs: number,
): Promise<RestartAnswer> {
  try {
    await back;
  } catch (error) {
    return { is: 'gone', text: error instanceof Error ? error.message : String(error) };
  }
  if (ended === 'by itself') return { is: 'back' };
  if (ended === 'before') return { is: 'gone', text: 'serve had ended before it was told to' };
  return { is: 'hangs', text: `serve did not end within ${endMs} ms of SIG${serverEnds[how]}` };
}
