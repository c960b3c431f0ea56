import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReference } from '../bench/harness/reference.ts';
import { ownEvents } from '../program/own-events.ts';
import type { Programs } from './programs.ts';
import type { Scouted } from './reach.ts';

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
