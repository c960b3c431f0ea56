import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../bin/session/engine.ts';
import { beginInvocation, type Invocation } from '../../bin/session/invocation.ts';
import { newestProfile } from '../../model/profile.ts';
import type { History } from '../../program/history.ts';
import type { InvocationRecord } from '../../report/invocation-record.ts';
import { rulesOf } from '../../search/worlds/rules.ts';
import { environment, history } from '../report/fixtures/records.ts';

/** What one run of a program comes to. */
export type Answer = Partial<Pick<History, 'ending' | 'known' | 'missed' | 'events' | 'cutShort'>>;

/** An engine whose programs come to the given answers, in order; the last one again and again. */
export function toyEngine(answers: readonly Answer[], shaky = false): Engine & { recovered: number } {
  let next = 0;
  const engine = {
    recovered: 0,
    target: {
      identity: environment.identity,
      shaky,
      recover: async () => {
        engine.recovered += 1;
      },
      logs: async () => ({}),
    } as unknown as Engine['target'],
    others: [],
    profile: newestProfile,
    surfaces: new Set(['cli'] as const),
    rules: rulesOf({}, newestProfile),
    known: [],
    environment,
    run: async (program) => {
      const answer = answers[Math.min(next++, answers.length - 1)];
      return { ...history, ending: { is: 'passed' }, ...answer, program };
    },
    watched: {},
    warnings: [],
  } satisfies Engine & { recovered: number };
  return engine;
}

/** An invocation on a toy engine, in a fresh directory, with what it said and its record. */
export async function toyRun(engine: Engine, signal = new AbortController().signal) {
  const said: string[] = [];
  const records: InvocationRecord[] = [];
  const out = await mkdtemp(join(tmpdir(), 'bc-run-'));
  const output = {
    json: false,
    log: (line: string) => void said.push(line),
    result: (record: InvocationRecord) => void records.push(record),
    data: () => {},
  };
  const run: Invocation = await beginInvocation('smoke', engine, output, out, signal);
  return { run, said, out };
}
