import { ownEvents } from '../../program/own-events.ts';
import { drawProgram } from '../harness/draw.ts';
import type { Reference } from '../harness/reference.ts';
import { seconds } from '../simulated/price.ts';
import { play } from '../simulated/runtime.ts';

/** What running programs for a while came to. */
export interface Pace {
  readonly programs: number;
  readonly steps: number;
  readonly boots: number;
  readonly drawMs: number;
  readonly totalMs: number;
  /** Waiting for the runtime. */
  readonly runtimeMs: number;
  /** What the same programs would take at the price of the real runtime, boxcheck's own time included. */
  readonly pricedMs: number;
  readonly failed: number;
}

/** Runs programs of a seed, one after the other, for at least so long. */
export async function paceOn(
  reference: Pick<Reference, 'run'>,
  seed: number,
  forMs: number,
  signal: AbortSignal,
): Promise<Pace> {
  const pace = {
    programs: 0,
    steps: 0,
    boots: 0,
    drawMs: 0,
    totalMs: 0,
    runtimeMs: 0,
    pricedMs: 0,
    failed: 0,
  };
  for (let index = 0; pace.drawMs + pace.totalMs < forMs; index++) {
    const begunMs = performance.now();
    const program = drawProgram(seed, index);
    pace.drawMs += performance.now() - begunMs;
    const history = await reference.run(program, signal);
    signal.throwIfAborted();
    const steps = ownEvents(history).length;
    const { boots } = play({ ...program, steps: program.steps.slice(0, steps) });
    pace.programs++;
    pace.steps += steps;
    pace.boots += boots;
    pace.totalMs += history.totalMs;
    pace.runtimeMs += history.runtimeMs;
    pace.pricedMs += history.totalMs + 1000 * seconds({ boots, commands: steps });
    if (history.ending.is !== 'passed') pace.failed++;
  }
  return pace;
}
