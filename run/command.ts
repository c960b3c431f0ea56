import type { AsyncCommand } from 'fast-check';
import type { Step } from '../program/step.ts';
import { afterStep } from './oracles.ts';
import type { StepContext } from './perform/step-context.ts';
import { type Running, runStep } from './step-runner.ts';

/** One step as fast-check's model run wants it. The model is in the hands: it moves on with what was seen. */
export class StepCommand implements AsyncCommand<StepContext, Running, false> {
  readonly step: Step;
  readonly index: number;
  constructor(step: Step, index: number) {
    this.step = step;
    this.index = index;
  }

  /** Every step can be predicted where it was drawn: nothing is ever skipped. */
  check(): boolean {
    return true;
  }

  async run(_model: StepContext, real: Running): Promise<void> {
    const event = await runStep(real, this.step, this.index);
    await afterStep(real, event);
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}
