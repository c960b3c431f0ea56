import { randomInt } from 'node:crypto';
import { UsageError } from '../cli/errors.ts';
import { onInterrupt } from '../session/interrupt.ts';
import { newOutput } from '../terminal/output.ts';
import type { DiffOptions } from './command.ts';
import { givenPrograms } from './plan.ts';
import { type DiffSettings, readSettings } from './settings.ts';
import { checkSides, parseSides } from './targets.ts';

/** Programs drawn when nothing is said about which to run. */
const DEFAULT_PROGRAMS = 20;

/** Compares two targets; its exit code. */
export async function diff(files: readonly string[], options: DiffOptions): Promise<number> {
  const settings = await (options.resume === undefined
    ? newSettings(files, options)
    : oldSettings(options.resume, files, options));
  const sides = parseSides(settings.targets, options);
  await checkSides(sides);
  const output = newOutput(options.json ?? false);
  const interrupt = onInterrupt(output.log);
  try {
    const { diffRun } = await import('./run.ts');
    return await diffRun({
      sides,
      settings,
      strict: options.strict,
      out: options.out ?? '.boxcheck',
      resume: options.resume,
      output,
      signal: interrupt.signal,
    });
  } finally {
    interrupt.release();
  }
}

async function newSettings(files: readonly string[], options: DiffOptions): Promise<DiffSettings> {
  const { targets, programs, for: forMs, corpus, seed, maxSteps, times } = options;
  if (targets === undefined) throw new UsageError('--targets: name two, such as --targets reference,lab');
  if (programs !== undefined && forMs !== undefined) {
    throw new UsageError('--programs and --for: give one of them');
  }
  parseSides(targets, options);
  const unsaid = files.length === 0 && !corpus && programs === undefined && forMs === undefined;
  return {
    format: 1,
    targets,
    seed: seed ?? randomInt(0, 0x7fff_ffff),
    maxSteps,
    drawn: forMs === undefined ? (programs ?? (unsaid ? DEFAULT_PROGRAMS : 0)) : null,
    forMs: forMs ?? null,
    times,
    given: await givenPrograms(files, corpus || unsaid),
  };
}

/** Which programs are run on what was said when the comparison began. */
async function oldSettings(
  dir: string,
  files: readonly string[],
  options: DiffOptions,
): Promise<DiffSettings> {
  const said = (['targets', 'programs', 'for', 'seed'] as const).find((name) => options[name] !== undefined);
  if (said !== undefined || files.length > 0) {
    throw new UsageError(
      `--resume ${dir}: goes on as it began; leave out ${said ? `--${said}` : 'the files'}`,
    );
  }
  return readSettings(dir);
}
