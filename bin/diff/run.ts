import { join } from 'node:path';
import { exitCodeOfDiff } from '../../report/diff/record.ts';
import { diffLines } from '../../report/diff/table.ts';
import { writeDiff } from '../../report/diff/write.ts';
import { runDirectory } from '../../report/write-run.ts';
import { exit } from '../cli/errors.ts';
import type { Output } from '../terminal/output.ts';
import { deadlinesOf } from './budget.ts';
import { compareLedgers, recordOfDiff } from './record.ts';
import type { DiffSettings } from './settings.ts';
import { writeSettings } from './settings.ts';
import { firstSide, secondSide } from './sides.ts';
import type { Side } from './targets.ts';

/** A comparison that is asked for. */
export interface DiffPlan {
  readonly sides: readonly [Side, Side];
  readonly settings: DiffSettings;
  readonly strict: boolean;
  readonly out: string;
  /** Directory of a run that goes on. */
  readonly resume: string | undefined;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Runs everything on the first side, closes it, then on the second, and says what differs; its exit code. */
export async function diffRun(plan: DiffPlan): Promise<number> {
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
  const dir = await runDirectory(
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
