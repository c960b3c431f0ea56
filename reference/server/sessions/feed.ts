import type { Runtime } from '../../core/runtime.ts';
import { spoil } from '../../defects/spoil.ts';
import { defect } from '../../defects/switch.ts';
import { finish, output, type Session } from './session.ts';

/** Code on the wire when none is known (contract 5.1). */
export const unknownCode = -1;

/**
 * Takes in the output and the end of a session's process. `codeOf` may wait and correct the code, as for main
 * commands, whose code is the one the box keeps.
 */
export async function feed(
  runtime: Runtime,
  session: Session,
  codeOf: (code: number | null) => Promise<number>,
): Promise<void> {
  const { process, box } = session;
  if (process === null) return;
  const hypervisor = await runtime.hypervisor();
  const lost = () => finish(session, unknownCode);
  await hypervisor
    .follow(box.record.id, process, (raw) => {
      for (const event of spoil ? spoil.spoiled(session, session.main, raw) : [raw]) {
        if (event.kind === 'exit') codeOf(event.code).then((code) => finish(session, code), lost);
        else output(session, event.kind, event.data);
      }
    })
    .catch(lost);
}

/** Sends stdin to the process, or keeps it until there is one. null closes it. */
export async function input(runtime: Runtime, session: Session, data: Buffer | null): Promise<void> {
  if (session.stdinGiven || session.endedAtMs !== null) return;
  if (session.process === null) {
    session.early.push(data);
    return;
  }
  const hypervisor = await runtime.hypervisor();
  const { process } = session;
  if (!defect(data ? 'stdin-lost' : 'stdin-never-ends'))
    await hypervisor.write(session.box.record.id, process, data);
}
