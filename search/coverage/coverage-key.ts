import { surfaceOf } from '../../model/refers.ts';
import type { Step } from '../../program/step.ts';

/** What a step is counted under: command, surface, condition of what it is about, and the outcome's label. */
export interface CoverageKey {
  op: string;
  /** `-` for a step that belongs to no surface of its own. */
  via: string;
  situation: string;
  outcome: string;
}

const SEPARATOR = ' | ';

/** The key of a step as one line of text. */
export function keyText(step: Step, situation: string, outcome: string): string {
  return [step.op, surfaceOf(step), situation, outcome].join(SEPARATOR);
}

/** The parts of a key's text. */
export function keyParts(text: string): CoverageKey {
  const [op = '', via = '', situation = '', ...outcome] = text.split(SEPARATOR);
  return { op, via, situation, outcome: outcome.join(SEPARATOR) };
}

/** How often something was covered: what guides drawing. */
export interface CoverageView {
  /** Times a coverage goal was tried; see `goalText`. */
  tried(goal: string): number;
}
