import * as fc from 'fast-check';

/** A candidate with its weight, the refusal it gets, empty for none, and what kind of step it is. */
export interface Case<S> {
  readonly step: S;
  readonly weight: number;
  readonly refusal: string;
  readonly kind: string;
}

/** One of the values, by weight; weights are whole numbers. */
export function weighted<T>(entries: readonly (readonly [value: T, weight: number])[]): fc.Arbitrary<T> {
  const groups = [...Map.groupBy(entries, ([, weight]) => weight)].map(([weight, some]) => ({
    weight: weight * some.length,
    arbitrary: fc.constantFrom(...some.map(([value]) => value)),
  }));
  return fc.oneof(...groups);
}

/**
 * Draws the refusal first, then the kind, of both the heavier a little more often, then the step. Among all
 * candidates alike, the many for boxes that nobody made leave no room for any other refusal, and the many exit
 * codes none for a look at the mounts. Null for no candidates.
 */
export function balanced<S>(cases: readonly Case<S>[]): fc.Arbitrary<S> | null {
  if (cases.length === 0) return null;
  const byRefusal = [...Map.groupBy(cases, ({ refusal }) => refusal).values()];
  return fc.oneof(
    ...byRefusal.map((some) => ({
      weight: Math.ceil(Math.sqrt(Math.max(...some.map(({ weight }) => weight)))),
      arbitrary: byKind(some),
    })),
  );
}

function byKind<S>(cases: readonly Case<S>[]): fc.Arbitrary<S> {
  const kinds = [...Map.groupBy(cases, ({ kind }) => kind).values()];
  return fc.oneof(
    ...kinds.map((some) => ({
      weight: Math.ceil(Math.sqrt(some.reduce((sum, { weight }) => sum + weight, 0))),
      arbitrary: weighted(some.map(({ step, weight }) => [step, weight] as const)),
    })),
  );
}
