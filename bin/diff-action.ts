import { randomInt } from 'node:crypto';
import type { DiffOptions } from './diff.ts';
import { givenPrograms } from './diff-plan.ts';
import { checkSides, parseSides } from './diff-targets.ts';
import { UsageError } from './errors.ts';
import { onInterrupt } from './interrupt.ts';
import { newOutput } from './output.ts';

/** Programs drawn when nothing is said about which to run. */
const DEFAULT_PROGRAMS = 20;

/** Compares two targets; its exit code. */
export async function diff(files: readonly string[], options: DiffOptions): Promise<number> {
  const sides = parseSides(options.targets, options);
  await checkSides(sides);
  if (options.programs !== undefined && options.for !== undefined) {
    throw new UsageError('--programs and --for: give one of them');
  }
  const unsaid = files.length === 0 && !options.corpus && !options.programs && options.for === undefined;
  const given = await givenPrograms(files, options.corpus || unsaid);
  const drawn = unsaid
    ? DEFAULT_PROGRAMS
    : options.for !== undefined
      ? Number.POSITIVE_INFINITY
      : options.programs;
  const output = newOutput(options.json ?? false);
  const interrupt = onInterrupt(output.log);
  try {
    const { diffRun } = await import('./diff-run.ts');
    return await diffRun({
      sides,
      given,
      drawn: drawn ?? 0,
      seed: options.seed ?? randomInt(0, 0x7fff_ffff),
      maxSteps: options.maxSteps,
      forMs: options.for,
      strict: options.strict,
      out: options.out ?? '.boxcheck',
      output,
      signal: interrupt.signal,
    });
  } finally {
    interrupt.release();
  }
}
