import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownEvents } from '../program/own-events.ts';
import type { Program } from '../program/program.ts';
import { openBench } from './bench.ts';
import { type Drawing, drawProgram } from './draw.ts';
import type { Scouted, Visit } from './reach.ts';

/** Runs programs on the clean runtime to learn which sites of defects each comes past. */
export interface Scout {
  /** Runs one program. */
  visit(program: Program, signal: AbortSignal): Promise<Visit>;
  look(seed: number, index: number, signal: AbortSignal): Promise<Scouted>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

/**
 * Opens the clean runtime with its sites noted.
 * @throws what keeps it from starting
 */
export async function openScout(drawing: Drawing = {}, log?: (line: string) => void): Promise<Scout> {
  const dir = mkdtempSync(join(tmpdir(), 'bq'));
  const bench = await openBench([], { trace: dir, ...(log ? { log } : {}) });
  const visit: Scout['visit'] = async (program, signal) => {
    for (const file of readdirSync(dir)) rmSync(join(dir, file));
    const history = await bench.run(program, signal);
    const sites = readdirSync(dir).sort();
    // One that failed has not come to its end; one that noted nothing was not noted at all.
    const told = history.ending.is === 'passed' && sites.length > 0;
    return { steps: ownEvents(history).length, sites: told ? sites : null };
  };
  return {
    visit,
    look: async (seed, index, signal) => ({
      seed,
      index,
      ...(await visit(drawProgram(seed, index, drawing), signal)),
    }),
    async close() {
      await bench.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
