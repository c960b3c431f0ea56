import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { exitCodeOfDiff } from '../../report/diff/record.ts';
import { diffLines } from '../../report/diff/table.ts';
import { writeDiff } from '../../report/diff/write.ts';
import { invocationDirectory } from '../../report/write-reports.ts';
import { exit, UsageError } from '../cli/errors.ts';
import type { Globals } from '../options/globals.ts';
import { interruptible } from '../session/interrupt.ts';
import { newOutput } from '../terminal/output.ts';
import { deadlinesOf } from './budget.ts';
import { givenPrograms } from './plan.ts';
import { compareLedgers, recordOfDiff } from './record.ts';
import { type DiffPlan, type DiffSettings, readSettings, writeSettings } from './settings.ts';
import { firstSide, secondSide } from './sides.ts';
import { checkSides, parseSides } from './targets.ts';

/** What is compared with what, and how. */
export interface DiffOptions {
  targets?: string;
  programs?: number;
  for?: number;
  corpus: boolean;
  seed?: number;
  maxSteps: number;
  times: number;
  strict: boolean;
  resume?: string;
}

/** Programs drawn when nothing is said about which to run. */
const DEFAULT_PROGRAMS = 20;

/** Compares two targets; its exit code. */
export async function diff(files: readonly string[], options: Globals & DiffOptions): Promise<number> {
  const settings = await (options.resume === undefined
    ? newSettings(files, options)
    : oldSettings(options.resume, files, options));
  const sides = parseSides(settings.targets, options);
  await checkSides(sides);
  const output = newOutput(options.json ?? false);
  const { strict, resume, out = '.boxcheck' } = options;
  return interruptible(output.log, (signal) =>
    compare({ sides, settings, strict, out, resume, output, signal }),
  );
}

async function newSettings(files: readonly string[], options: Globals & DiffOptions): Promise<DiffSettings> {
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
  options: Globals & DiffOptions,
): Promise<DiffSettings> {
  const said = (['targets', 'programs', 'for', 'seed'] as const).find((name) => options[name] !== undefined);
  if (said !== undefined || files.length > 0) {
    throw new UsageError(
      `--resume ${dir}: goes on as it began; leave out ${said ? `--${said}` : 'the files'}`,
    );
  }
  return readSettings(dir);
}

/** Runs everything on the first side, closes it, then on the second, and says what differs; its exit code. */
async function compare(plan: DiffPlan): Promise<number> {
  const { sides, output, settings, signal, strict } = plan;
  const startedAt = new Date();
  const dir = plan.resume ?? (await newDirectory(plan, startedAt));
  const [a, b] = sides;
  output.log(
    `comparing ${a.label} with ${b.label}, seed ${settings.seed}; goes on after a kill with --resume ${dir}`,
  );
  const deadlines = deadlinesOf(sides, startedAt.getTime(), settings.forMs ?? undefined);
  const first = await firstSide(plan, dir, deadlines.first);
  if (signal.aborted) return interrupted(plan, dir);
  const second = await secondSide(plan, dir, deadlines.second, first.ledger);
  const compared = compareLedgers(first.ledger, second.ledger, settings.given);
  const record = recordOfDiff(plan, startedAt, [first, second], compared);
  await writeDiff(dir, record, (name) => first.ledger.entries.get(name)?.program);
  if (output.json) output.data({ ...record, place: dir });
  else for (const line of diffLines(record, dir, strict)) output.log(line);
  return exitCodeOfDiff(record, strict);
}

async function newDirectory({ sides, settings, out }: DiffPlan, startedAt: Date): Promise<string> {
  const dir = await invocationDirectory(
    join(out, 'runs'),
    startedAt,
    'diff',
    sides.map(({ target }) => target).join('-'),
  );
  await writeSettings(dir, settings);
  return dir;
}

/** The second side has not been opened yet: there is nothing to compare. */
function interrupted({ output, sides, settings }: DiffPlan, dir: string): number {
  if (output.json)
    output.data({ format: 1, use: 'diff', seed: settings.seed, ended: 'interrupted', place: dir });
  output.log(
    `diff: INTERRUPTED before ${sides[1].label} was opened; nothing compared; go on with: boxcheck diff --resume ${dir}`,
  );
  return exit.interrupted;
}
