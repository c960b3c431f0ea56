import { join } from 'node:path';
import type { TargetName } from '../../domain/identity.ts';
import type { Surface } from '../../program/step.ts';
import { resultOf } from '../../report/diff/record.ts';
import { diffLines } from '../../report/diff/table.ts';
import { invocationDirectory } from '../../report/write-reports.ts';
import { UsageError } from '../cli/errors.ts';
import { checkFlags } from '../options/choose.ts';
import type { Globals } from '../options/globals.ts';
import { checkOut } from '../options/out.ts';
import { type Engine, withEngine } from '../session/engine.ts';
import { interruptible } from '../session/interrupt.ts';
import { newOutput, type Output } from '../terminal/output.ts';
import { type DiffOptions, type DiffPlan, type NamedPrograms, planOf, programsFor } from './plan.ts';
import { recordOf, writeDiff } from './record.ts';
import { runSide } from './side.ts';
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
