import * as fc from 'fast-check';
import { verbs } from '../../commands/index.ts';
import type { Op, Surface } from '../../program/step.ts';
import { blindSteps } from './blind.ts';
import { StockCommand, type StockModel, type StockReal } from './command.ts';

/** How `fc.commands` is asked for programs. */
export interface StockShape {
  /** Absent: fast-check's own ten. */
  readonly maxCommands?: number;
  readonly size?: 'max';
  /** Handles of each kind; default four. */
  readonly pool?: number;
  /** Default all. */
  readonly surfaces?: readonly Surface[];
}

const POOL = 4;
const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/** Programs of all our verbs as fast-check's own `fc.commands` draws and shrinks them. */
export function stockPrograms({ maxCommands, size, pool = POOL, surfaces = everySurface }: StockShape) {
  const commands = (Object.keys(verbs) as Op[]).flatMap((op) => {
    const steps = blindSteps(op, { size: pool, surfaces });
    return steps ? [steps.map((step) => new StockCommand(step))] : [];
  });
  return fc.commands<StockModel, StockReal, false>(commands, {
    ...(maxCommands === undefined ? {} : { maxCommands }),
    ...(size && { size }),
  });
}
