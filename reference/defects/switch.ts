import type { DefectName } from '../defects.ts';

/** Says what is switched on: defects with their probability, and who is told of sites come past. */
export interface Switches {
  chances: ReadonlyMap<string, number>;
  /** Told the sites that are come past, when that is asked for; none of them does anything then. */
  note: ((site: string) => void) | null;
}

let switches: Switches = { chances: new Map(), note: null };

/** Puts other switches in place. */
export function switchTo(wanted: Switches): void {
  switches = wanted;
}

/**
 * Whether the named defect shows now: never unless it was switched on, and then with its probability.
 * Consulted once at its site.
 */
export function defect(name: DefectName): boolean {
  const { chances, note } = switches;
  note?.(name);
  return Math.random() < (chances.get(name) ?? 0);
}
