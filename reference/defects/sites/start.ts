import { type BoxRecord, isJob } from '../../core/box.ts';
import { invalidState, noSuchBox } from '../../core/fault.ts';
import { type GuardedVerb, guard } from '../../core/guard.ts';
import { anyDefect, defect } from '../switch.ts';

/** Refuses starts that the contract allows. */
export function spoiledStart(box: BoxRecord): void {
  if (!anyDefect()) return;
  if (box.status === 'stopped' && defect('start-after-stop-fails'))
    throw invalidState(`Handle of box ${box.id} invalidated after stop()`);
  if (defect('sometimes-start-refused')) throw noSuchBox(box.id);
}

/** The guard of contract 3.2, as it is or spoiled; `start` boots the box. */
export async function spoiledGuard(
  box: BoxRecord,
  verb: GuardedVerb,
  start: () => Promise<void>,
): Promise<void> {
  const resting = box.status !== 'running';
  if (resting && isJob(box) && defect('job-auto-started')) return;
  if (resting && !isJob(box) && defect('sandbox-not-started'))
    throw invalidState(`Cannot ${verb} box ${box.id}: it is ${box.status}`);
  if (resting && isJob(box) && defect('refusal-starts-box'))
    await start().then(() => guard({ ...box, status: 'stopped' }, verb));
  guard(box, verb);
}
