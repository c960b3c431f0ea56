import type { Step } from '../../../program/step.ts';
import { surfaceOf } from '../../../verdict/surface-of.ts';
import { stateOf } from './state.ts';

const THEN = ' > ';

/** What a step is in a sequence of steps on one box: verb, surface and status of the box. */
export const moveText = (step: Step, situation: string): string =>
  `${step.op}|${surfaceOf(step)}|${stateOf(situation)}`;

/** Two moves in a row on one box, as one line of text. */
export const pairText = (before: string, after: string): string => before + THEN + after;
