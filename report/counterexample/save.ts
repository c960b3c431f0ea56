import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { freshDirectory, toJson, writeAtomic } from '../../files/write.ts';
import type { Verdict } from '../../program/failure.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { abbreviate, traceOf } from '../abbreviate.ts';
import { shellScript } from '../shell/script.ts';
import { slug, stamp } from '../stamp.ts';
import { issueDraft } from './issue.ts';
import type { CounterexampleRecord, FailedRun } from './record.ts';

/** Bytes of one log file that are kept: its end. */
const LOG_BYTES = 4 << 20;

/** A counterexample on disk, and the ways in which more becomes known about it. */
export interface SavedCounterexample {
  /** Its folder, whose name tells what is in it. */
  readonly dir: string;
  record(): CounterexampleRecord;
  /** A shorter program shows the same: program, trace, script and issue draft are replaced, and the folder's name. */
  setSmallest(run: FailedRun): Promise<void>;
  setVerdict(verdict: Verdict): Promise<void>;
  logs(files: Record<string, string>): Promise<void>;
}

/**
 * Writes a new counterexample below `parent`, complete and readable before it returns, so that nothing that
 * happens afterwards (re-runs, shrinking, a power cut) can lose it.
 */
export async function saveCounterexample(
  parent: string,
  first: Omit<CounterexampleRecord, 'smallest' | 'verdict'>,
): Promise<SavedCounterexample> {
  const record: CounterexampleRecord = { ...first, smallest: first.original, verdict: null };
  let name = nameOf(record);
  let dir = await freshDirectory(parent, name);
  await writeAtomic(join(dir, 'original.json'), toJson(record.original.program));
  await writeAll(dir, record);
  return {
    get dir() {
      return dir;
    },
    record: () => record,
    async setSmallest(run) {
      record.smallest = run;
      record.signature = signatureOf(run.failure);
      await writeAll(dir, record);
      if (nameOf(record) === name) return;
      name = nameOf(record);
      const renamed = await freshDirectory(parent, name);
      await rename(dir, renamed);
      dir = renamed;
    },
    async setVerdict(verdict) {
      record.verdict = verdict;
      await writeAll(dir, record);
    },
    async logs(files) {
      for (const [file, text] of Object.entries(files)) {
        await writeAtomic(join(dir, 'logs', basename(file)), text.slice(-LOG_BYTES));
      }
    },
  };
}

/** What a folder is called: by when it was found and what its program shows. */
const nameOf = ({ foundAt, environment, signature }: CounterexampleRecord): string =>
  `${stamp(foundAt)}-${environment.identity.target}-${slug(signature.text)}`;

async function writeAll(dir: string, record: CounterexampleRecord): Promise<void> {
  for (const [file, text] of Object.entries(counterexampleFiles(record))) {
    await writeAtomic(join(dir, file), text, file.endsWith('.sh') ? 0o755 : 0o644);
  }
}

/** The files of a counterexample, by name, besides `original.json` and the runtime's logs. */
function counterexampleFiles(record: CounterexampleRecord): Record<string, string> {
  const { smallest, signature, verdict, environment } = record;
  return {
    'program.json': toJson(smallest.program),
    'trace.jsonl': traceOf(smallest.history.events),
    'failure.json': toJson({ signature, ...(abbreviate(smallest.failure) as object) }),
    'verdict.json': toJson(
      verdict ?? { class: 'not-yet-known', note: 'the run ended before the program was run again' },
    ),
    'environment.json': toJson({ ...environment, foundAt: record.foundAt.toISOString() }),
    'repro.sh': shellScript(record),
    'ISSUE.md': issueDraft(record),
  };
}
