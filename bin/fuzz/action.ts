import { randomInt } from 'node:crypto';
import { exitCodeOf } from '../../report/run-record.ts';
import { inRun } from '../session/in-run.ts';
import type { FuzzOptions } from './command.ts';
import { fuzzRun } from './run.ts';

/** Runs a campaign; its exit code. */
export async function fuzz(options: FuzzOptions): Promise<number> {
  const seed = options.seed ?? randomInt(0, 0x7fff_ffff);
  const work = async (invocation: Parameters<typeof fuzzRun>[0]): Promise<number> => {
    invocation.output.log(`campaign seed ${seed}`);
    return exitCodeOf(await fuzzRun(invocation, { ...options, seed }));
  };
  return inRun('fuzz', options, work, seed);
}
