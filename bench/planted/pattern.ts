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
 * Whether elements of a pattern come by in order, with anything in between, its handles standing for the same
 * things throughout. Fed one element at a time.
 */
export class Matcher {
  readonly #pattern: readonly Element[];
  /** By number of elements matched: all ways of naming, each once. */
  readonly #partial: Map<string, Names>[];

  constructor(pattern: readonly Element[]) {
    this.#pattern = pattern;
    this.#partial = pattern.map(() => new Map());
    this.#partial[0]?.set('{}', {});
  }

  /** Takes the next element; true when it completes the pattern. */
  take(element: Element): boolean {
    let complete = false;
    for (let at = this.#pattern.length - 1; at >= 0; at--) {
      for (const names of this.#partial[at]?.values() ?? []) {
        const named = unify(names, this.#pattern[at] as Element, element);
        if (!named) continue;
        if (at === this.#pattern.length - 1) complete = true;
        else this.#partial[at + 1]?.set(JSON.stringify(named), named);
      }
    }
    return complete;
  }
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
