import * as fc from 'fast-check';

/** A candidate with the refusal it gets, empty for none, and what kind of step it is. */
export interface Case<S> {
  readonly step: S;
  readonly refusal: string;
  readonly kind: string;
}

/**
 * Draws the refusal first, all alike, then the kind, larger ones a little more often, then the step. Among all
 * candidates alike, the many for boxes that nobody made leave no room for any other refusal, and the many exit
 * codes none for a look at the mounts. Null for no candidates.
 */
export function balanced<S>(cases: readonly Case<S>[]): fc.Arbitrary<S> | null {
  if (cases.length === 0) return null;
  const byRefusal = [...Map.groupBy(cases, ({ refusal }) => refusal).values()];
  return fc.oneof(...byRefusal.map(byKind));
}

function byKind<S>(cases: readonly Case<S>[]): fc.Arbitrary<S> {
  const kinds = [...Map.groupBy(cases, ({ kind }) => kind).values()];
  return fc.oneof(
    ...kinds.map((some) => ({
      weight: Math.ceil(Math.sqrt(some.length)),
      arbitrary: fc.constantFrom(...some.map(({ step }) => step)),
    })),
  );
}
