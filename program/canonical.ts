import type { Step } from './step.ts';

/** Text that is the same for equal values whatever the order of their keys; absent and undefined are equal. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner)) ?? 'null';
}

/** The text that tells two programs apart: their steps only, not where they come from. */
export const canonicalSteps = (steps: readonly Step[]): string => canonical(steps);

/** Says whether a value is an object with fields. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(record).filter((key) => record[key] !== undefined);
  return Object.fromEntries(keys.sort().map((key) => [key, record[key]]));
}
