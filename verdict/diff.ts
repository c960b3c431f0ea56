/** Two targets held against each other: what was seen of the same program on both, step by step. */
export { compareRuns } from './diff/compare-step.ts';
export {
  classes,
  type Difference,
  type DifferenceClass,
  type DifferenceGroup,
  groupDifferences,
  isOpen,
  meanings,
  type Sighting,
} from './diff/difference.ts';
export { observe } from './diff/observe.ts';
export type { ObservedRun } from './diff/observed.ts';
