import { join } from 'node:path';
import type { Surface } from '../../program/step.ts';
import { exitCodeOfDiff } from '../../report/diff/record.ts';
import { diffLines } from '../../report/diff/table.ts';
import { invocationDirectory } from '../../report/write-reports.ts';
import { isJudged } from '../../verdict/diff.ts';
import { UsageError } from '../cli/errors.ts';
import { checkFlags } from '../options/choose.ts';
import type { Globals } from '../options/globals.ts';
import { type Engine, withEngine } from '../session/engine.ts';
import { interruptible } from '../session/interrupt.ts';
import { newOutput } from '../terminal/output.ts';
import { type DiffPlan, type PlanOptions, planOf, programsFor } from './plan.ts';
import { writeDiff } from './record.ts';
import { type RanSide, runSide } from './side.ts';
import { parseSides, type Side } from './targets.ts';

/** What is compared with what, and how. */
export interface DiffOptions extends PlanOptions {
  targets?: string;
  times: number;
  strict: boolean;
}

/** Compares two targets; its exit code. */
export async function diff(files: readonly string[], options: Globals & DiffOptions): Promise<number> {
  if (!options.targets) throw new UsageError('--targets: name two, such as --targets reference,lab');
  const sides = parseSides(options.targets, options);
  for (const { globals } of sides) await checkFlags(globals);
  const plan = await planOf(files, options);
  const { log } = newOutput(options.json ?? false);
  return interruptible(log, (signal) => compare(sides, plan, options, signal));
}

/** Runs everything on the first side, closes it, then on the second, and says what differs; its exit code. */
async function compare(
  [a, b]: readonly [Side, Side],
  plan: DiffPlan,
  options: Globals & DiffOptions,
  signal: AbortSignal,
): Promise<number> {
  const { for: forMs, times, strict, out = '.boxcheck', json = false } = options;
  const { log, data } = newOutput(json);
  const startedAt = new Date();
  const dir = await invocationDirectory(join(out, 'runs'), startedAt, 'diff', `${a.target}-${b.target}`);
  log(`comparing ${a.label} with ${b.label}, seed ${plan.seed}`);
  const on = (
    { label, globals }: Side,
    part: number,
    programs: (engine: Engine) => Parameters<typeof runSide>[2],
  ): ReturnType<typeof runSide> => {
    const deadlineMs = startedAt.getTime() + part * (forMs ?? Number.POSITIVE_INFINITY);
    const setting = { deadlineMs, times, signal, log };
    return withEngine(globals, log, (engine) => runSide(label, engine, programs(engine), setting), plan.seed);
  };
  const theirs = await surfacesOf(b, log);
  const first = await on(a, partOfFirst(a, b), (engine) => programsFor(engine, b, theirs, plan));
  const judged = [...first.seen.values()].filter(({ run }) => isJudged(run));
  const goesOn = !signal.aborted && judged.length > 0;
  const second = goesOn ? await on(b, 1, () => judged) : unopened(b);
  const ended = signal.aborted ? 'interrupted' : forMs === undefined ? 'complete' : 'deadline';
  const record = await writeDiff(dir, [first, second], plan.given, { seed: plan.seed, startedAt, ended });
  if (json) data({ ...record, place: dir });
  else for (const line of diffLines(record, dir, strict)) log(line);
  return exitCodeOfDiff(record, strict);
}



const unopened = ({ label }: Side): RanSide => ({
  side: { label, programs: 0, spoilt: 0 },
  seen: new Map(),
  warnings: [],
});

/** Only somebody's own runtime may lack a surface, and opening that one costs nothing. */
async function surfacesOf({ target, globals }: Side, log: (line: string) => void): Promise<ReadonlySet<Surface>> {
  if (target !== 'external') return new Set<Surface>(['cli', 'url', 'rest']);
  return withEngine(globals, log, async ({ surfaces }) => surfaces);
}

/** The reference does in one part of the time what a real runtime does in nine. */
const weight = ({ target }: Pick<Side, 'target'>): number => (target === 'reference' ? 1 : 9);

/** The first side's part of the time, 0 to 1, so that the second one gets through what the first one ran. */
export const partOfFirst = (a: Pick<Side, 'target'>, b: Pick<Side, 'target'>): number => weight(a) / (weight(a) + weight(b));
