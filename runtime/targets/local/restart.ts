import { type ServerEnd, serverEnds } from '../../../domain/server-end.ts';
import type { RestartAnswer } from '../../ports/session.ts';
import { restarted } from '../restarted.ts';
import { type LocalRuntime, nextServe } from './local-runtime.ts';

/**
 * Ends the server of a runtime and starts another one on its home and port.
 * @param endMs for its end; then it is killed.
 */
export async function restartServe(
  runtime: LocalRuntime,
  how: ServerEnd,
  endMs: number,
): Promise<RestartAnswer> {
  const old = runtime.serve;
  const wasThere = old?.alive() ?? false;
  const byItself = old === null || (await old.end(`SIG${serverEnds[how]}`, endMs));
  const ended = wasThere ? (byItself ? 'by itself' : 'killed') : 'before';
  return restarted(ended, nextServe(runtime), how, endMs);
}
