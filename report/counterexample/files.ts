import { toJson } from '../../files/write.ts';
import { abbreviate } from '../abbreviate.ts';
import { shellScript } from '../shell/script.ts';
import { traceOf } from '../trace.ts';
import { issueDraft } from './issue.ts';
import type { CounterexampleRecord } from './record.ts';

/** The files of a counterexample, by name, besides `original.json` and the runtime's logs. */
export function counterexampleFiles(record: CounterexampleRecord): Record<string, string> {
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
