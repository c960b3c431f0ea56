import type { Ending } from '../program/history.ts';

/** Ends a program before its last step; carries how. Thrown through fast-check's model run. */
export class ProgramStopped extends Error {
  override name = 'ProgramStopped';
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(ending.is === 'failed' ? `failed: ${ending.failure.kind}` : ending.is);
    this.ending = ending;
  }
}

/** The program may be in more worlds than are followed: nothing after this step can be judged. */
export class TooManyWorlds extends Error {
  override name = 'TooManyWorlds';
}
