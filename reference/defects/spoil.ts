import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { switchTo } from './switch.ts';

/** What defects do where a switch is not enough; null while none is switched on, so that nothing is loaded. */
export let spoil: typeof import('./sites.ts') | null = null;

/**
 * Switches on what `BOXLITE_REF_DEFECTS` names: `name` or `name=0.3`, separated by commas. Every process of the
 * runtime reads it when it starts, the hypervisor too.
 * `BOXLITE_REF_DEFECT_TRACE` names a directory in which the sites that are come past are noted instead.
 * @throws Error for a name the catalogue does not have, or a bad probability.
 */
export async function defectsFromEnvironment(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { BOXLITE_REF_DEFECTS: named, BOXLITE_REF_DEFECT_TRACE: trace } = env;
  const note = trace ? siteNoter(trace) : null;
  spoil = named || note ? await import('./sites.ts') : null;
  const chances = named ? await chancesOf(named) : new Map<string, number>();
  switchTo({ chances, note });
}

/** What a list of switches says: a probability for each name. */
async function chancesOf(text: string): Promise<Map<string, number>> {
  const { catalogue } = await import('../defects.ts');
  const chances = new Map<string, number>();
  for (const word of text.split(',').map((one) => one.trim())) {
    if (word === '') continue;
    const [name = '', chance] = word.split('=');
    const known = catalogue.find((entry) => entry.name === name);
    if (!known) throw new Error(`BOXLITE_REF_DEFECTS names "${name}", which is no seeded defect`);
    const value = Number(chance ?? known.chance ?? 1);
    if (!(value > 0 && value <= 1))
      throw new Error(`BOXLITE_REF_DEFECTS has "${word}"; a probability is above 0 and at most 1`);
    chances.set(name, value);
  }
  return chances;
}

/**
 * Notes that the site of a defect was come past, as an empty file of its name in a directory. Several processes
 * note at once, and whoever looks removes the files between two programs.
 */
export const siteNoter =
  (dir: string) =>
  (site: string): void => {
    try {
      closeSync(openSync(join(dir, site), 'a'));
    } catch {
      // The directory goes before the last process does, and nobody looks any more then.
    }
  };
