import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReference } from '../bench/harness/reference.ts';
import { ownEvents } from '../program/history.ts';
import type { DefectName } from '../reference/defects.ts';
import type { Programs } from './programs.ts';

/** Runs programs on the clean runtime to learn which sites of defects each comes past. */
export interface Scout {
  /** Runs program number `index` of a seed. */
  look(seed: number, index: number, signal: AbortSignal): Promise<Scouted>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

/**
 * Opens the clean runtime with its sites noted.
 * @throws what keeps it from starting
 */
export async function openScout(draw: Programs, log: (line: string) => void = () => {}): Promise<Scout> {
  const trace = mkdtempSync(join(tmpdir(), 'bq'));
  const clean = await openReference([], { trace, log });
  return {
    async look(seed, index, signal) {
      for (const file of readdirSync(trace)) rmSync(join(trace, file));
      const history = await clean.run(await draw(seed, index), signal);
      const sites = readdirSync(trace).sort();
      // One that failed has not come to its end; one that noted nothing was not noted at all.
      const noted = history.ending.is === 'passed' && sites.length > 0;
      return { seed, index, steps: ownEvents(history).length, sites: noted ? sites : null };
    },
    async close() {
      await clean.close();
      rmSync(trace, { recursive: true, force: true });
    },
  };
}

/** What a program of a seed came past on the clean runtime. */
export interface Scouted {
  readonly seed: number;
  readonly index: number;
  /** Steps it executed. */
  readonly steps: number;
  /** Sites of defects; null when its run says nothing, and it may show any of them. */
  readonly sites: readonly string[] | null;
}

/**
 * The programs of one seed for one defect, in order: the steps of those that never come to its site, null for
 * those that do. Where the list ends nothing is known.
 */
export type Reach = readonly (number | null)[];

/**
 * The programs of a seed in order, up to the first that was not looked at. One that never comes to the site of a
 * defect does with it exactly what it does without, so it passes: running it would prove nothing.
 */
export function reachOf(scouted: readonly Scouted[], defect: DefectName, seed: number): Reach {
  const own = new Map(scouted.filter((one) => one.seed === seed).map((one) => [one.index, one]));
  const reach: (number | null)[] = [];
  for (let index = 0; ; index++) {
    const one = own.get(index);
    if (!one) return reach;
    reach.push(one.sites === null || one.sites.includes(defect) ? null : one.steps);
  }
}
