import { type ServerEnd, serverEnds } from '../../../domain/server-end.ts';
import type { RestartAnswer } from '../../ports/session.ts';
import { type LocalRuntime, nextServe } from './local-runtime.ts';

/**
 * Ends the server of a bed and starts another one on its home and port.
 * @param endMs for its end; then it is killed.
 */
export async function restartServe(
  localRuntime: LocalRuntime,
  how: ServerEnd,
  endMs: number,
): Promise<RestartAnswer> {
  const old = localRuntime.serve;
  const wasThere = old?.alive() ?? false;
  const byItself = old === null || (await old.end(`SIG${serverEnds[how]}`, endMs));
  try {
    await nextServe(localRuntime);
  } catch (error) {
    return { is: 'gone', text: error instanceof Error ? error.message : String(error) };
  }
  // One that crashed before is not made good by its successor.
  if (!wasThere) return { is: 'gone', text: 'serve had ended before it was told to' };
  if (byItself) return { is: 'back' };
  return { is: 'hangs', text: `serve did not end within ${endMs} ms of SIG${serverEnds[how]}` };
}
