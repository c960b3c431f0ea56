import type { DefectName } from './catalogue.ts';
import { siteNoter } from './note-site.ts';

/** Switched-on defects with their probability. */
const active = new Map<string, number>();
let next: () => number = Math.random;
/** Notes the sites that are come past, when that is asked for; none of them does anything then. */
let note: ((site: string) => void) | null = null;

/** What defects do where a switch is not enough; null while none is switched on, so that nothing is loaded. */
export let spoil: typeof import('./sites/index.ts') | null = null;

/**
 * Whether the named defect shows now: never unless it was switched on, and then with its probability.
 * Consulted once at its site.
 */
export function defect(name: DefectName): boolean {
  note?.(name);
  if (active.size === 0) return false;
  const chance = active.get(name);
  return chance !== undefined && (chance >= 1 || next() < chance);
}

/**
 * Switches on what `BOXLITE_REF_DEFECTS` names: `name` or `name=0.3`, separated by commas. The generator begins
 * with `BOXLITE_REF_DEFECT_SEED` and the command line, so that the calls of one program differ. Every process of
 * the runtime reads it when it starts, the hypervisor too.
 * `BOXLITE_REF_DEFECT_TRACE` names a directory in which the sites that are come past are noted instead.
 * @throws Error for a name the catalogue does not have, or a bad probability.
 */
export async function defectsFromEnvironment(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  active.clear();
  spoil = null;
  note = env.BOXLITE_REF_DEFECT_TRACE ? siteNoter(env.BOXLITE_REF_DEFECT_TRACE) : null;
  if (note) spoil = await import('./sites/index.ts');
  if (!env.BOXLITE_REF_DEFECTS) return;
  const { defectNamed } = await import('./catalogue.ts');
  spoil = await import('./sites/index.ts');
  for (const [name, chance] of parseSwitches(env.BOXLITE_REF_DEFECTS)) {
    const known = defectNamed(name);
    if (!known) throw new Error(`BOXLITE_REF_DEFECTS names "${name}", which is no seeded defect`);
    active.set(name, chance ?? known.chance ?? 1);
  }
  const seed = env.BOXLITE_REF_DEFECT_SEED;
  next = seed === undefined ? Math.random : generator(`${seed} ${process.argv.slice(2).join(' ')}`);
}

/** Whether anything is switched on, or sites are noted: the clean path asks no more than this. */
export const anyDefect = (): boolean => active.size > 0 || note !== null;

/** Takes a list of switches apart. */
export function parseSwitches(text: string): [string, number | undefined][] {
  const words = text.split(',').map((word) => word.trim());
  return words
    .filter((word) => word !== '')
    .map((word) => {
      const [name = '', chance] = word.split('=');
      if (chance === undefined) return [name, undefined];
      const value = Number(chance);
      if (!(value > 0 && value <= 1))
        throw new Error(`BOXLITE_REF_DEFECTS has "${word}"; a probability is above 0 and at most 1`);
      return [name, value];
    });
}

/** A small deterministic generator (mulberry32), seeded with a text. */
export function generator(seed: string): () => number {
  let state = 0x9e3779b9;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
