import type { AsyncCommand } from 'fast-check';
import type { Step } from '../program/step.ts';
import { afterStep } from './oracles.ts';
import type { ModelState, ProgramRun } from './program-run.ts';
import { runStep } from './step-runner.ts';

/** One step as fast-check's model run wants it. */
export class StepCommand implements AsyncCommand<ModelState, ProgramRun, true> {
  readonly step: Step;
  readonly index: number;
  readonly #canJudge: (state: ModelState, step: Step) => boolean;

  /** @param canJudge whether any world has something to say of a step */
  constructor(step: Step, index: number, canJudge: (state: ModelState, step: Step) => boolean) {
    this.step = step;
    this.index = index;
    this.#canJudge = canJudge;
  }

  /** A drawn step can be judged where it was drawn; it is left out where a divergence has led elsewhere. */
  async check(state: Readonly<ModelState>): Promise<boolean> {
    return this.#canJudge(state, this.step);
  }

  async run(state: ModelState, run: ProgramRun): Promise<void> {
    const event = await runStep(state, run, this.step, this.index);
    await afterStep(state, run, event);
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}
