import { join } from 'node:path';
import type { Surface } from '../program/step.ts';
import { exitCodeOfDiff } from '../report/diff/record.ts';
import { diffLines } from '../report/diff/table.ts';
import { writeDiff } from '../report/diff/write.ts';
import type { Environment } from '../report/environment.ts';
import { runDirectory } from '../report/write-run.ts';
import { compareRuns, openClasses } from '../verdict/diff.ts';
import { deadlinesOf } from './diff-budget.ts';
import { openLedger, type SideLedger } from './diff-ledger.ts';
import { drawerFor, missingSurface, type PlannedProgram } from './diff-plan.ts';
import { type RanSide, recordOfDiff } from './diff-record.ts';
import { runSide } from './diff-side.ts';
import type { Side } from './diff-targets.ts';
import type { Engine } from './engine.ts';
import { withEngine } from './open-engine.ts';
import type { Output } from './output.ts';

/** A comparison that is asked for. */
export interface DiffPlan {
  readonly sides: readonly [Side, Side];
  readonly given: readonly PlannedProgram[];
  /** How many are drawn besides, at most. */
  readonly drawn: number;
  readonly seed: number;
  readonly maxSteps: number;
  readonly forMs: number | undefined;
  readonly strict: boolean;
  readonly out: string;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Runs everything on the first side, closes it, then on the second, and says what differs; its exit code. */
export async function diffRun(plan: DiffPlan): Promise<number> {
  const { sides, output, seed } = plan;
  const startedAt = new Date();
  const [a, b] = sides;
  const dir = await runDirectory(join(plan.out, 'runs'), startedAt, 'diff', `${a.target}-${b.target}`);
  output.log(`comparing ${a.label} with ${b.label}, seed ${seed}; observations go to ${dir}`);
  const deadlines = deadlinesOf(sides, startedAt.getTime(), plan.forMs);
  const surfaces = await surfacesOf(b, output.log);
  const first = await runFirst(plan, dir, deadlines.first, surfaces);
  const second = await runSecond(plan, dir, deadlines.second, first);
  const record = recordOfDiff({ plan, startedAt, first, second });
  const programs = new Map(first.ran.map(({ name, program }) => [name, program]));
  await writeDiff(dir, record, (name) => programs.get(name));
  if (output.json) output.data({ ...record, place: dir });
  else for (const line of diffLines(record, dir, plan.strict)) output.log(line);
  return exitCodeOfDiff(record, plan.strict);
}

/** Only somebody's own runtime may lack a surface, and opening that one costs nothing. */
async function surfacesOf(side: Side, log: (line: string) => void): Promise<ReadonlySet<Surface>> {
  if (side.target !== 'external') return new Set<Surface>(['cli', 'url', 'rest']);
  return withEngine(side.globals, log, async (engine) => engine.surfaces);
}

/** What the first side leaves for the second. */
export interface FirstSide extends RanSide {
  /** Programs it was to run, in order: those it ran, and the one it ended in. */
  readonly ran: readonly PlannedProgram[];
  readonly skipped: readonly { program: string; why: string }[];
}

async function runFirst(
  plan: DiffPlan,
  dir: string,
  deadlineMs: number,
  theirs: ReadonlySet<Surface>,
): Promise<FirstSide> {
  const [side, other] = plan.sides;
  return withEngine(
    side.globals,
    plan.output.log,
    async (engine) => {
      const surfaces = engine.surfaces.intersection(theirs);
      const draw = await drawerFor(engine, other, { ...plan, surfaces });
      const given = plan.given.filter(({ program }) => missingSurface(program, surfaces) === null);
      const skipped = plan.given.flatMap(({ name, program }) => {
        const via = missingSurface(program, surfaces);
        return via === null
          ? []
          : [{ program: name, why: `needs the surface ${via}, which is not on both sides` }];
      });
      const ran: PlannedProgram[] = [];
      const next = (i: number): PlannedProgram | null => {
        if (i >= given.length + plan.drawn || isLate(i, deadlineMs)) return null;
        const planned = given[i] ?? draw(i - given.length);
        ran.push(planned);
        return planned;
      };
      const ledger = await openLedger(dir, 1, side.label, engine.environment);
      const totals = await runSide({ ...settingOf(plan, side, engine), ledger, remark: () => '' }, next);
      return { ...ranSide(side, engine, ledger), ...totals, ran, skipped };
    },
    plan.seed,
  );
}

async function runSecond(
  plan: DiffPlan,
  dir: string,
  deadlineMs: number,
  first: FirstSide,
): Promise<RanSide> {
  const [, side] = plan.sides;
  const todo = first.ran.filter(({ name }) => first.ledger.runs.has(name));
  return withEngine(
    side.globals,
    plan.output.log,
    async (engine) => {
      const ledger = await openLedger(dir, 2, side.label, engine.environment);
      const names = [first.label, side.label] as const;
      const contracts = [first.environment.contract, engine.profile.id] as const;
      const remark = (name: string): string => remarkOf(name, first.ledger, ledger, { names, contracts });
      const next = (i: number) => (isLate(i, deadlineMs) ? null : (todo[i] ?? null));
      const totals = await runSide({ ...settingOf(plan, side, engine), ledger, remark }, next);
      return { ...ranSide(side, engine, ledger), ...totals };
    },
    plan.seed,
  );
}

/** Each side runs one program at least, or nothing could be compared. */
const isLate = (i: number, deadlineMs: number): boolean => i > 0 && Date.now() >= deadlineMs;

const settingOf = ({ signal, output }: DiffPlan, { label }: Side, engine: Engine) => ({
  label,
  engine,
  signal,
  log: output.log,
});

const ranSide = (
  { label }: Side,
  { environment, warnings }: Engine,
  ledger: SideLedger,
): { label: string; environment: Environment; ledger: SideLedger; warnings: readonly string[] } => ({
  label,
  environment,
  ledger,
  warnings,
});

/** What a program shows, as soon as the second side has run it. */
function remarkOf(
  name: string,
  first: SideLedger,
  second: SideLedger,
  sides: Parameters<typeof compareRuns>[2],
): string {
  const [a, b] = [first.runs.get(name), second.runs.get(name)];
  if (!a || !b) return '';
  const found = compareRuns(a, b, sides);
  if (found.is === 'not-compared') return `not compared: ${found.why}`;
  const open = found.differences.filter((one) => openClasses.has(one.class));
  return `${found.agreed} of ${found.compared} steps agree${open.length > 0 ? `, ${open.length} OPEN` : ''}`;
}
