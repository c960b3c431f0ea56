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

/** The world has become one the contract is silent about: nothing after this step can be judged. */
export class ContractSilent extends Error {
  override name = 'ContractSilent';
}
