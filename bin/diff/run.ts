import { join } from 'node:path';
import { counted } from '../../domain/counted.ts';
import type { TargetName } from '../../domain/identity.ts';
import type { Log } from '../../domain/log.ts';
import { toJson, writeAtomic } from '../../files/write.ts';
import type { History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { type DiffRecord, type DiffSide, diffLines, resultOf, sideName } from '../../report/diff/record.ts';
import { duration, slug } from '../../report/stamp.ts';
import { describeObservation } from '../../report/text/observation.ts';
import { invocationDirectory } from '../../report/write-reports.ts';
import {
  compareRuns,
  type DifferenceGroup,
  groupDifferences,
  type ObservedRun,
  observe,
  type Sighting,
} from '../../verdict/diff.ts';
import { type Rate, rateOf } from '../../verdict/rate.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { exit, exitCodeOfError, UsageError } from '../cli/errors.ts';
import { checkFlags, checkOut } from '../options/choose.ts';
import type { Globals } from '../options/globals.ts';
import { type Engine, steady, withEngine } from '../session/engine.ts';
import { endingWithin, GRACE_MS, interruptible } from '../session/interrupt.ts';
import { newOutput, type Output } from '../terminal/output.ts';
import {
  type DiffOptions,
  type DiffPlan,
  type NamedProgram,
  type NamedPrograms,
  planOf,
  programsFor,
} from './plan.ts';
import { parseSides, type Side } from './targets.ts';

/** Compares two targets; its exit code. */
export async function diff(files: readonly string[], options: Globals & DiffOptions): Promise<number> {
  if (!options.targets) throw new UsageError('--targets: name two, such as --targets reference,lab');
  const sides = parseSides(options.targets, options);
  for (const { globals } of sides) await checkFlags(globals);
  await checkOut(options.out ?? '.boxcheck');
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
  const { for: forMs = Number.POSITIVE_INFINITY, times, strict, out = '.boxcheck', json = false } = options;
  const { log, data } = newOutput(json);
  const startedAt = new Date();
  const dir = await invocationDirectory(join(out, 'runs'), startedAt, 'diff', `${a.target}-${b.target}`);
  log(`comparing ${a.label} with ${b.label}, seed ${plan.seed}`);
  const on = ({ label, globals }: Side, part: number, programs: (engine: Engine) => NamedPrograms) => {
    const setting = { deadlineMs: startedAt.getTime() + part * forMs, times, signal, log };
    return withEngine(globals, log, (engine) => runSide(label, engine, programs(engine), setting), plan.seed);
  };
  const theirs = await surfacesOf(b, log);
  const first = await on(a, partOfFirst(a.target, b.target), (engine) =>
    programsFor(engine, b, theirs, plan),
  );
  const judged = [...first.seen.values()].filter(({ run }) => run.unjudged === undefined);
  const unopened = { side: { label: b.label, programs: 0, spoilt: 0 }, seen: new Map(), warnings: [] };
  const goesOn = !signal.aborted && judged.length > 0;
  const second = goesOn ? await on(b, 1, () => judged) : unopened;
  const ended = signal.aborted ? 'interrupted' : options.for === undefined ? 'complete' : 'deadline';
  const all = [...plan.given, ...first.seen.values()];
  const programs = new Map(all.map(({ name, program }) => [name, program]));
  const record = recordOf([first, second], programs, { seed: plan.seed, startedAt, ended });
  await writeDiff(dir, record, programs);
  if (json) data({ ...record, place: dir });
  else for (const line of diffLines(record, dir, strict)) log(line);
  return resultOf(record, strict).code;
}

/** Only somebody's own runtime may lack a surface, and opening that one costs nothing. */
async function surfacesOf({ target, globals }: Side, log: Output['log']): Promise<ReadonlySet<Surface>> {
  if (target !== 'external') return new Set<Surface>(['cli', 'url', 'rest']);
  return withEngine(globals, log, async ({ surfaces }) => surfaces);
}

/** The first side's part of the time: the reference does in one part of it what a real runtime does in nine. */
export function partOfFirst(a: TargetName, b: TargetName): number {
  const weight = (target: TargetName): number => (target === 'reference' ? 1 : 9);
  return weight(a) / (weight(a) + weight(b));
}

/** What one side has done, and what it has seen, by the programs' names. */
export interface RanSide {
  readonly side: DiffSide;
  readonly seen: ReadonlyMap<string, NamedProgram & { readonly run: ObservedRun }>;
  readonly warnings: readonly string[];
}

/** How one side is run. */
interface SideSetting {
  /** Milliseconds since the epoch after which nothing begins, except the first program. */
  readonly deadlineMs: number;
  /** Runs of a program that fails, in all. */
  readonly times: number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Runs programs one after another and keeps what was seen. A broken machine is repaired and the program run
 * again; a machine that is lost ends this side, not the comparison.
 */
export async function runSide(
  label: string,
  engine: Engine,
  programs: NamedPrograms,
  setting: SideSetting,
): Promise<RanSide> {
  const { deadlineMs, signal, log } = setting;
  const side: DiffSide = { label, environment: engine.environment, programs: 0, spoilt: 0 };
  const seen = new Map<string, NamedProgram & { run: ObservedRun }>();
  const run = steady(
    engine,
    (line) => log(`${label}: ${line}`),
    () => void side.spoilt++,
  );
  const graceMs = GRACE_MS * (engine.environment.patience ?? 1);
  const atTheLatest = endingWithin(signal, deadlineMs - Date.now() + graceMs);
  try {
    for await (const { name, program } of programs) {
      if (signal.aborted || (seen.size > 0 && Date.now() >= deadlineMs)) break;
      const history = await run(program, seen.size > 0 ? atTheLatest : signal);
      if (history.ending.is === 'interrupted') break;
      const rate = await rateIn(history, run, { ...setting, signal: atTheLatest });
      seen.set(name, { name, program, run: observe(history, describeObservation, rate) });
      side.programs = seen.size;
      log(`[${seen.size}] ${label}: ${name}: ${lineOf(history, rate)}`);
    }
    if (signal.aborted) side.endedEarly = 'interrupted';
  } catch (error) {
    if (exitCodeOfError(error) === exit.usage) throw error;
    side.endedEarly = error instanceof Error ? error.message : String(error);
  }
  return { side, seen, warnings: engine.warnings };
}

/** A failure that depends on timing is only worth its rate; undefined where nothing failed. */
async function rateIn(first: History, run: RunProgram, setting: SideSetting): Promise<Rate | undefined> {
  if (first.ending.is !== 'failed') return undefined;
  const all = [first];
  while (all.length < setting.times && !setting.signal.aborted && Date.now() < setting.deadlineMs)
    all.push(await run(first.program, setting.signal));
  return rateOf(all, signatureOf(first.ending.failure).key);
}

const lineOf = ({ program, boxes, totalMs, ending }: History, rate: Rate | undefined): string =>
  `${counted(program.steps.length, 'step')}, ${counted(boxes, 'box')}, ${duration(totalMs)}, ${ending.is}${rate ? ` in ${rate.same} of ${counted(rate.runs, 'run')}` : ''}`;

/** Stands for the run of a program that a side did not run. */
const notRun = { steps: [], unjudged: 'not run: no time was left, it was stopped, or a surface is missing' };

/** How a comparison ended, and when and from which seed it began. */
type About = Pick<DiffRecord, 'seed' | 'ended'> & { startedAt: Date };
type RanSides = readonly [RanSide, RanSide];

/** Gives everything two sides have to say about each other; `programs` are all that were to run, by name. */
export function recordOf(ran: RanSides, programs: ReadonlyMap<string, Program>, about: About): DiffRecord {
  const [a, b] = ran;
  const { startedAt, seed } = about;
  const sightings: Sighting[] = [];
  const notCompared: DiffRecord['notCompared'] = [];
  const totals = { programs: programs.size, compared: 0, steps: 0, agreed: 0, unpaired: 0 };
  for (const [name, program] of programs) {
    const [mine = notRun, theirs = notRun] = [a.seen.get(name)?.run, b.seen.get(name)?.run];
    const found = compareRuns(mine, theirs, [a.side, b.side]);
    if (typeof found === 'string') {
      notCompared.push({ program: name, why: found });
      continue;
    }
    totals.compared += 1;
    for (const key of ['steps', 'agreed', 'unpaired'] as const) totals[key] += found[key];
    const steps = program.steps.length;
    sightings.push(...found.differences.map((difference) => ({ program: name, steps, difference })));
  }
  const classes = Object.groupBy(sightings, ({ difference }) => difference.class);
  const differences = Object.fromEntries(Object.entries(classes).map(([is, { length }]) => [is, length]));
  const lost = ran.some(({ side }) => side.endedEarly !== undefined) && about.ended !== 'interrupted';
  return {
    format: 1,
    use: 'diff',
    about: `${sideName(a.side)} | ${sideName(b.side)}, seed ${seed}`,
    seed,
    sides: [a.side, b.side],
    startedAt: startedAt.toISOString(),
    totalMs: Date.now() - startedAt.getTime(),
    ended: lost ? 'infrastructure' : about.ended,
    totals: { ...totals, differences },
    groups: groupDifferences(sightings).map((group, i) => ({ ...group, file: exampleFile(i, group) })),
    notCompared,
    warnings: [...new Set(ran.flatMap(({ warnings }) => warnings))],
  };
}

const exampleFile = (i: number, { class: is, op, via }: DifferenceGroup): string =>
  join('programs', `${String(i + 1).padStart(3, '0')}-${slug(`${is} ${op} ${via}`)}.json`);

/** Writes down the record, and an example program of each kind of difference, ready for `repro`. */
export async function writeDiff(
  dir: string,
  record: DiffRecord,
  programs: ReadonlyMap<string, Program>,
): Promise<void> {
  for (const { file, class: is, what, example } of record.groups) {
    const note = `${is} at step ${example.difference.at + 1}: ${what} [${record.about}]`;
    await writeAtomic(join(dir, file), toJson({ ...programs.get(example.program), note }));
  }
  await writeAtomic(join(dir, 'diff.json'), toJson(record));
}
