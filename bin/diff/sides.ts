import type { Surface } from '../../program/step.ts';
import { compareRuns, isJudged, openClasses } from '../../verdict/diff.ts';
import { CannotRunError } from '../cli/errors.ts';
import { type Engine, withEngine } from '../session/engine.ts';
import { type LedgerEntry, openLedger, readLedger, type SideLedger } from './ledger.ts';
import { drawerFor, missingSurface, type PlannedProgram } from './plan.ts';
import type { DiffPlan } from './settings.ts';
import { runSide, type SideTotals } from './side.ts';
import type { Side } from './targets.ts';

/** One side when it is done. */
export interface RanSide extends SideTotals {
  readonly ledger: SideLedger;
}

/** Programs from the first to the last; null when there is no other, or no time for it. */
type Next = (i: number) => PlannedProgram | null;

/** Each side runs one program at least, or nothing could be compared. */
const inTime =
  (next: Next, deadlineMs: number): Next =>
  (i) =>
    i > 0 && Date.now() >= deadlineMs ? null : next(i);

/** Draws and runs programs on the first side; one that was complete before a kill is not even opened. */
export async function firstSide(plan: DiffPlan, dir: string, deadlineMs: number): Promise<RanSide> {
  const { sides, settings, output, signal } = plan;
  const [side, other] = sides;
  const before = await readLedger(dir, 1);
  if (before?.complete) return { ledger: before, spoilt: 0 };
  const theirs = await surfacesOf(other, output.log);
  const use = async (engine: Engine): Promise<RanSide> => {
    const surfaces = engine.surfaces.intersection(theirs);
    const ledger = await openLedger(dir, 1, headOf(side, engine, [...surfaces]));
    const next = await programsFor(plan, engine, surfaces);
    const setting = { ...settingOf(plan, engine, ledger), remark: () => '' };
    return { ledger, ...(await runSide(setting, inTime(next, deadlineMs))) };
  };
  const ran = await withEngine(side.globals, output.log, use, settings.seed);
  if (signal.aborted || judgedOf(ran.ledger).length > 0) return ran;
  const why = ran.endedEarly ?? 'the machine spoilt every run, or each needs a surface one side lacks';
  throw new CannotRunError(`${side.label}: no program could be run: ${why}`);
}

/** The programs that were asked for and can run on both sides, then drawn ones. */
async function programsFor(
  { sides, settings }: DiffPlan,
  engine: Engine,
  surfaces: ReadonlySet<Surface>,
): Promise<Next> {
  const draw = await drawerFor(engine, sides[1], { ...settings, surfaces });
  const given = settings.given.filter(({ program }) => missingSurface(program, surfaces) === null);
  const most = given.length + (settings.drawn ?? Number.POSITIVE_INFINITY);
  return (i) => (i >= most ? null : (given[i] ?? draw(i - given.length)));
}

/** Runs on the second side what the first one ran; without anything left to run it is not opened. */
export async function secondSide(
  plan: DiffPlan,
  dir: string,
  deadlineMs: number,
  first: SideLedger,
): Promise<RanSide> {
  const { sides, settings, output } = plan;
  const [, side] = sides;
  const before = await readLedger(dir, 2);
  const todo = judgedOf(first);
  if (before && todo.every(({ name }) => before.entries.has(name))) return { ledger: before, spoilt: 0 };
  const use = async (engine: Engine): Promise<RanSide> => {
    const ledger = await openLedger(dir, 2, headOf(side, engine, first.surfaces));
    const next = inTime((i) => todo[i] ?? null, deadlineMs);
    const remark = (name: string): string => remarkOf(name, first, ledger);
    return { ledger, ...(await runSide({ ...settingOf(plan, engine, ledger), remark }, next)) };
  };
  try {
    return await withEngine(side.globals, output.log, use, settings.seed);
  } catch (error) {
    output.log(`what ${first.label} answered is kept; go on with: boxcheck diff --resume ${dir}`);
    throw error;
  }
}

const judgedOf = ({ entries }: SideLedger): LedgerEntry[] =>
  [...entries.values()].filter(({ run }) => isJudged(run));

const headOf = ({ label }: Side, { environment, warnings }: Engine, surfaces: readonly Surface[]) => ({
  label,
  environment,
  warnings,
  surfaces,
});

const settingOf = ({ settings, signal, output }: DiffPlan, engine: Engine, ledger: SideLedger) => ({
  engine,
  ledger,
  times: settings.times,
  signal,
  log: output.log,
});

/** Only somebody's own runtime may lack a surface, and opening that one costs nothing. */
async function surfacesOf(side: Side, log: (line: string) => void): Promise<ReadonlySet<Surface>> {
  if (side.target !== 'external') return new Set<Surface>(['cli', 'url', 'rest']);
  return withEngine(side.globals, log, async (engine) => engine.surfaces);
}

/** What a program shows, as soon as the second side has run it. */
function remarkOf(name: string, first: SideLedger, second: SideLedger): string {
  const [a, b] = [first, second].map(({ entries }) => entries.get(name)?.run);
  if (!a || !b) return '';
  const found = compareRuns(a, b, {
    names: [first.label, second.label],
    contracts: [first.environment.contract, second.environment.contract],
  });
  if (found.is === 'not-compared') return `not compared: ${found.why}`;
  const open = found.differences.filter((one) => openClasses.has(one.class)).length;
  return `${found.agreed} of ${found.compared} steps agree${open > 0 ? `, ${open} OPEN` : ''}`;
}
