import type { Effect } from './facts.ts';

/** Whether a step that does this boots a box at rest, whatever else it does. */
export const bootsAtRest = (effect: Effect): boolean => effect === 'boots' || effect === 'enters';
