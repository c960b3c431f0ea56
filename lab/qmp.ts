import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { LabError } from './call.ts';

/** Has QEMU do something; gives what it returns. Rejects with a LabError when it refuses. */
export type Execute = (command: string, args?: Record<string, unknown>) => Promise<unknown>;

const answerSchema = z.union([
  z.object({ return: z.unknown() }),
  z.object({ error: z.object({ desc: z.string() }) }),
]);

/**
 * Talks to the monitor of a QEMU (QMP), a command at a time.
 * @throws LabError when QEMU refuses something, hangs up, or all of it takes longer than `timeoutMs`
 */
export async function onMonitor<T>(
  socketPath: string,
  timeoutMs: number,
  work: (execute: Execute) => Promise<T>,
): Promise<T> {
  const socket = createConnection(socketPath);
  const late = AbortSignal.timeout(timeoutMs);
  const closed = Promise.withResolvers<never>();
  const give = (why: string) => () => closed.reject(new LabError(`QEMU's monitor ${why}`));
  late.addEventListener('abort', give(`did not finish within ${timeoutMs / 1000} s`));
  socket.once('error', give('cannot be reached')).once('close', give('hung up'));
  closed.promise.catch(() => {});
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await Promise.race([lines.next(), closed.promise]);
    return done ? closed.promise : JSON.parse(value);
  };
  const execute: Execute = async (command, args = {}) => {
    socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    for (;;) {
      // What is no answer is an event.
      const answer = answerSchema.safeParse(await next());
      if (!answer.success) continue;
      if ('error' in answer.data) throw new LabError(`QEMU refuses ${command}: ${answer.data.error.desc}`);
      return answer.data.return;
    }
  };
  try {
    await Promise.race([once(socket, 'connect'), closed.promise]);
    await next();
    await execute('qmp_capabilities');
    return await work(execute);
  } finally {
    socket.destroy();
  }
}
