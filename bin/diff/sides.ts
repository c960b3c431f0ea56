import type { Surface } from '../../program/step.ts';
import { isJudged, openClasses } from '../../verdict/diff.ts';
import { CannotRunError } from '../cli/errors.ts';
import { type Engine, withEngine } from '../session/engine.ts';
import { type LedgerEntry, openLedger, readLedger, type SideLedger } from './ledger.ts';
import { drawerFor, missingSurface, type PlannedProgram } from './plan.ts';
import { compareEntries } from './record.ts';
import type { DiffPlan } from './settings.ts';
import { runSide, type SideTotals } from './side.ts';
import type { Side } from './targets.ts';

/** One side when it is done. */
export interface RanSide extends SideTotals {
  readonly ledger: SideLedger;
}

/** What is run on a side that has been opened. */
interface Work {
  readonly surfaces: Iterable<Surface>;
  /** Program number `i`; null when there is no other. */
  readonly next: (i: number) => PlannedProgram | null;
  /** Said after each program. */
  readonly remark: (name: string, ledger: SideLedger) => string;
}

/** Draws and runs programs on the first side; one that was complete before a kill is not even opened. */
export async function firstSide(plan: DiffPlan, dir: string, deadlineMs: number): Promise<RanSide> {
  const [side, other] = plan.sides;
  const before = await readLedger(dir, 1);
  if (before?.complete) return { ledger: before, spoilt: 0 };
  const theirs = await surfacesOf(other, plan.output.log);
  const ran = await runOn(plan, dir, 1, deadlineMs, async (engine) => {
    const surfaces = engine.surfaces.intersection(theirs);
    return { surfaces, next: await programsFor(plan, engine, surfaces), remark: () => '' };
  });
  if (plan.signal.aborted || judgedOf(ran.ledger).length > 0) return ran;
  const why = ran.endedEarly ?? 'the machine broke in every run, or each needs a surface one side lacks';
  throw new CannotRunError(`${side.label}: no program could be run: ${why}`);
}

/** Runs on the second side what the first one ran; without anything left to run it is not opened. */
export async function secondSide(
  plan: DiffPlan,
  dir: string,
  deadlineMs: number,
  first: SideLedger,
): Promise<RanSide> {
  const before = await readLedger(dir, 2);
  const todo = judgedOf(first);
  if (before && todo.every(({ name }) => before.entries.has(name))) return { ledger: before, spoilt: 0 };
  try {
    return await runOn(plan, dir, 2, deadlineMs, async () => ({
      surfaces: first.surfaces,
      next: (i) => todo[i] ?? null,
      remark: (name, second) => remarkOf(name, first, second),
    }));
  } catch (error) {
    plan.output.log(`what ${first.label} answered is kept; go on with: boxcheck diff --resume ${dir}`);
    throw error;
  }
}

async function runOn(
  { sides, settings, signal, output: { log } }: DiffPlan,
  dir: string,
  place: 1 | 2,
  deadlineMs: number,
  workOn: (engine: Engine) => Promise<Work>,
): Promise<RanSide> {
  const { label, globals } = sides[place - 1] as Side;
  const use = async (engine: Engine): Promise<RanSide> => {
    const { surfaces, next, remark } = await workOn(engine);
    const { environment, warnings } = engine;
    const ledger = await openLedger(dir, place, { label, environment, warnings, surfaces: [...surfaces] });
    const setting = { engine, ledger, times: settings.times, signal, log };
    const ran = await runSide({ ...setting, remark: (name) => remark(name, ledger) }, (i) =>
      // Each side runs one program at least, or nothing could be compared.
      i > 0 && Date.now() >= deadlineMs ? null : next(i),
    );
    return { ledger, ...ran };
  };
  return withEngine(globals, log, use, settings.seed);
}

/** The programs that were asked for and can run on both sides, then drawn ones. */
async function programsFor(
  { sides, settings }: DiffPlan,
  engine: Engine,
  surfaces: ReadonlySet<Surface>,
): Promise<Work['next']> {
  const draw = await drawerFor(engine, sides[1], { ...settings, surfaces });
  const given = settings.given.filter(({ program }) => missingSurface(program, surfaces) === null);
  const most = given.length + (settings.drawn ?? Number.POSITIVE_INFINITY);
  return (i) => (i >= most ? null : (given[i] ?? draw(i - given.length)));
}

const judgedOf = ({ entries }: SideLedger): LedgerEntry[] =>
  [...entries.values()].filter(({ run }) => isJudged(run));

/** Only somebody's own runtime may lack a surface, and opening that one costs nothing. */
const surfacesOf = async ({ target, globals }: Side, log: (line: string) => void) =>
  target === 'external'
    ? withEngine(globals, log, async ({ surfaces }) => surfaces)
    : new Set<Surface>(['cli', 'url', 'rest']);

/** What a program shows, as soon as the second side has run it. */
function remarkOf(name: string, first: SideLedger, second: SideLedger): string {
  const found = compareEntries(name, first, second);
  if (!found) return '';
  if (found.is === 'not-compared') return `not compared: ${found.why}`;
  const open = found.differences.filter((one) => openClasses.has(one.class)).length;
  return `${found.agreed} of ${found.compared} steps agree${open > 0 ? `, ${open} OPEN` : ''}`;
}
