import { fileURLToPath } from 'node:url';
import type { Reference } from '../bench/harness/reference.ts';
import { readJsonSync } from '../files/json.ts';
import { type Program, programSchema } from '../program/program.ts';
import type { DefectName } from '../reference/defects.ts';
import type { Catcher } from './trial.ts';

/** Where the shortest known program of a defect is, as plain as any other program. */
export const minimalFile = (defect: DefectName): URL => new URL(`minimal/${defect}.json`, import.meta.url);

/** The shortest program known to show a defect. @throws FileError when the file is missing or no program */
export const minimalProgram = (defect: DefectName): Program =>
  readJsonSync(fileURLToPath(minimalFile(defect)), { schema: programSchema });

/**
 * Runs. Of a deterministic defect: twelve, for what ends a command a moment after a step may lose the race against
 * the next step's look (detach-kills-command loses it in two of five runs on a quiet machine). Of one that shows
 * now and then: one that shows in 5 % of them stays hidden in 60 with a chance of 5 %.
 */
const TRIES = { deterministic: 12, flaky: 60 };

/** Who notices the defect when its shortest program is run on a runtime that has it; null when nobody does. */
export async function whoCatches(
  reference: Reference,
  program: Program,
  expected: keyof typeof TRIES,
  signal: AbortSignal,
): Promise<Catcher | null> {
  for (let tries = TRIES[expected]; tries > 0 && !signal.aborted; tries--) {
    const { ending } = await reference.run(program, signal);
    if (ending.is !== 'failed') continue;
    const { failure } = ending;
    return failure.kind === 'oracle' ? failure.oracle : failure.kind;
  }
  return null;
}
