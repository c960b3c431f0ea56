import type * as fc from 'fast-check';
import type { Outcome } from '../../model/outcome.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { rules } from '../../quality/bench.ts';
import { handleMade } from '../../search/generate/handles.ts';
import { handlesUsed } from '../../search/shrink/refs.ts';
import { predict } from '../../search/worlds/rules.ts';

/** The model as `fc.commands` carries it through a run, with what was executed. */
export interface StockModel {
  world: World;
  readonly executed: Step[];
}

/** A run before its first command. */
export const stockStart = (): StockModel => ({ world: emptyWorld, executed: [] });

/** What a run does with each command it executes; throwing makes the run fail. */
export interface StockReal {
  step(step: Step, world: World, outcome: Outcome): void;
}

/** A step as a command of `fc.commands`: skipped where its handles do not exist or the contract is silent. */
export class StockCommand implements fc.AsyncCommand<StockModel, StockReal> {
  readonly step: Step;

  constructor(step: Step) {
    this.step = step;
  }

  check({ world }: Readonly<StockModel>): boolean {
    const made = handleMade(this.step);
    if (made !== null && exists(world, made)) return false;
    if (!handlesUsed(this.step).every((handle) => exists(world, handle))) return false;
    return predict(rules, world, this.step) !== null;
  }

  async run(model: StockModel, real: StockReal): Promise<void> {
    const prediction = predict(rules, model.world, this.step);
    if (!prediction) throw new Error('bench: fc.commands ran a command whose check had failed');
    model.executed.push(this.step);
    const [outcome] = prediction.outcomes;
    real.step(this.step, model.world, outcome);
    model.world = outcome.next;
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}

const exists = ({ boxes, execs, attaches }: World, handle: string): boolean =>
  handle in boxes || handle in execs || handle in attaches;
