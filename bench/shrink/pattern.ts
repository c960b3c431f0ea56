import type { Outcome } from '../../model/outcome.ts';
import type { Step } from '../../program/step.ts';
import { handleMade } from '../../search/generate/handles.ts';
import { handlesUsed } from '../../search/shrink/refs.ts';

/** One step as a planted failure sees it: what it does, whether it is refused, and which handles it is about. */
export interface Element {
  readonly what: string;
  readonly handles: readonly string[];
}

/** A step as an element. Surfaces, spellings and all other arguments do not count. */
export function elementOf(step: Step, { expect }: Pick<Outcome, 'expect'>): Element {
  const refused = expect.is === 'refused' || (expect.is === 'batch' && expect.each.some(({ ok }) => !ok));
  const made = handleMade(step);
  const handles = [...(made === null ? [] : [made]), ...handlesUsed(step)];
  return { what: `${step.op} ${refused}`, handles };
}

/** Handles of the pattern and what they stand for in a program. */
type Names = Readonly<Record<string, string>>;

/**
 * Follows elements, one a call, until those of a pattern have come by in order, with anything in between, its
 * handles standing for the same things throughout.
 * @returns whether the element completes the pattern
 */
export function matcher(pattern: readonly Element[]): (element: Element) => boolean {
  // By number of elements matched: all ways of naming, each once.
  const partial = pattern.map(() => new Map<string, Names>());
  partial[0]?.set('{}', {});
  return (element) => {
    let complete = false;
    for (let at = pattern.length - 1; at >= 0; at--) {
      for (const names of partial[at]?.values() ?? []) {
        const named = unify(names, pattern[at] as Element, element);
        if (!named) continue;
        if (at === pattern.length - 1) complete = true;
        else partial[at + 1]?.set(JSON.stringify(named), named);
      }
    }
    return complete;
  };
}

function unify(names: Names, wanted: Element, met: Element): Names | null {
  if (wanted.what !== met.what || wanted.handles.length !== met.handles.length) return null;
  const named: Record<string, string> = { ...names };
  for (const [i, handle] of wanted.handles.entries()) {
    const other = met.handles[i] as string;
    if (named[handle] === undefined) {
      if (Object.values(named).includes(other)) return null;
      named[handle] = other;
    } else if (named[handle] !== other) return null;
  }
  return named;
}
