import type { DefectName } from '../defects.ts';

/** Says what is switched on: defects with their probability, the dice, and who is told of sites come past. */
export interface Switches {
  chances: ReadonlyMap<string, number>;
  next: () => number;
  /** Told the sites that are come past, when that is asked for; none of them does anything then. */
  note: ((site: string) => void) | null;
}

let switches: Switches = { chances: new Map(), next: Math.random, note: null };

/** Puts other switches in place. */
export function switchTo(wanted: Switches): void {
  switches = wanted;
}

/**
 * Whether the named defect shows now: never unless it was switched on, and then with its probability.
 * Consulted once at its site.
 */
export function defect(name: DefectName): boolean {
  const { chances, next, note } = switches;
  note?.(name);
  if (chances.size === 0) return false;
  const chance = chances.get(name);
  return chance !== undefined && (chance >= 1 || next() < chance);
}
