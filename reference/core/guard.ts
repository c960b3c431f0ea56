import { type BoxRecord, isJob } from './box.ts';
import { Fault, invalidState } from './fault.ts';

/** What is about to be done to a box that may not be up, in the words of the refusal (contract 2.4, 2.8). */
export type GuardedVerb = 'exec' | 'copy into' | 'copy out' | 'metrics';

/**
 * Whether the verb may go on, booting the box if it is not up: a command of the user's own is never run as a
 * side effect (contract 3.2).
 * @throws Fault invalid-state, or conflict when the box was told not to resume.
 */
export function guard(box: BoxRecord, verb: GuardedVerb): void {
  if (box.status === 'running') return;
  if (box.status === 'failed') throw refused(box, verb, '');
  if (box.status === 'stopped' && !box.spec.autoResume) throw noResume(box);
  if (isJob(box)) throw refused(box, verb, jobReason(box));
}

const jobReason = (box: BoxRecord): string =>
  box.runs > 0
    ? ' and its main command has already run; start the box explicitly'
    : '; starting the box would run its main command, start the box explicitly';

const refused = (box: BoxRecord, verb: GuardedVerb, reason: string): Fault =>
  invalidState(`Cannot ${verb} box ${box.id}: it is ${box.status}${reason}`);

/** A stopped box that only an explicit start may wake (contract 4.3). */
export const noResume = (box: BoxRecord): Fault =>
  new Fault('conflict', `box ${box.id} has AutoResume disabled; start it explicitly first`);
