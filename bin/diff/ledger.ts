import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import type { Environment } from '../../report/environment.ts';
import { slug } from '../../report/stamp.ts';
import { isJudged, type ObservedRun } from '../../verdict/diff.ts';
import { UsageError } from '../cli/errors.ts';

/** A program with what one side has seen of it. */
export interface LedgerEntry {
  readonly name: string;
  readonly program: Program;
  readonly run: ObservedRun;
}

/** What one side has seen: kept in memory for comparing, and on disk line by line, so that a killed run can go on. */
export interface SideLedger {
  readonly label: string;
  readonly environment: Environment;
  readonly warnings: readonly string[];
  /** Surfaces that exist on both sides. */
  readonly surfaces: readonly Surface[];
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  /** Whether this side has run all it was to run. */
  readonly complete: boolean;
  add(entry: LedgerEntry): Promise<void>;
  /** Says that nothing more will come. */
  close(): Promise<void>;
}

type Head = Pick<SideLedger, 'label' | 'environment' | 'warnings' | 'surfaces'>;

type Line = ({ is: 'side'; format: 1 } & Head) | ({ is: 'program' } & LedgerEntry) | { is: 'complete' };

const fileOf = (dir: string, place: 1 | 2, label: string): string =>
  join(dir, `observed-${place}-${slug(label)}.jsonl`);

/** A ledger in a file of its own; what an earlier run has left in it stays, and is not run again. */
export async function openLedger(dir: string, place: 1 | 2, head: Head): Promise<SideLedger> {
  const file = fileOf(dir, place, head.label);
  const before = await readLedger(dir, place);
  const write = (line: Line): Promise<void> => appendFile(file, `${JSON.stringify(line)}\n`);
  // A killed run may have left half a line: what follows must not become part of it.
  if (before) await appendFile(file, '\n');
  else await write({ is: 'side', format: 1, ...head });
  const entries = new Map(before?.entries);
  const ledger = {
    ...head,
    entries,
    complete: false,
    add: async (entry: LedgerEntry) => {
      entries.set(entry.name, entry);
      await write({ is: 'program', ...entry });
    },
    close: async () => {
      ledger.complete = true;
      await write({ is: 'complete' });
    },
  };
  return ledger;
}

/** What a run has left of one side; null where it never came to it. @throws UsageError for a file of another kind */
export async function readLedger(dir: string, place: 1 | 2): Promise<SideLedger | null> {
  const name = (await readdir(dir)).find((entry) => entry.startsWith(`observed-${place}-`));
  if (name === undefined) return null;
  const lines = linesOf(await readFile(join(dir, name), 'utf8'));
  const [head] = lines;
  if (head?.is !== 'side' || head.format !== 1) {
    throw new UsageError(
      `${join(dir, name)}: first line: not the observations of a boxcheck diff of format 1`,
    );
  }
  const entries = new Map<string, LedgerEntry>();
  // What the machine spoilt is run again.
  for (const line of lines) {
    if (line.is !== 'program' || !isJudged(line.run)) continue;
    const { is: _, ...entry } = line;
    entries.set(entry.name, entry);
  }
  const complete = lines.some(({ is }) => is === 'complete');
  const closed = async (): Promise<never> => {
    throw new Error(`boxcheck: ${name} was opened for reading`);
  };
  return { ...head, entries, complete, add: closed, close: closed };
}

/** Whoever was killed may have written half a line. */
function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}
