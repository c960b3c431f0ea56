import { counted } from '../domain/counted.ts';
import { type InvocationRecord, type ProgramLine, shortfall } from './invocation-record.ts';
import { attributes, escapeText } from './markup.ts';
import { provenance } from './summary.ts';
import { describeVerdict } from './text/failure.ts';

/** A test case, and why it did not pass. */
interface Case {
  readonly classname: string;
  readonly name: string;
  readonly ms?: number;
  readonly problem?: readonly [is: 'failure' | 'error' | 'skipped', message: string, body?: string] | null;
}

/**
 * The run as JUnit XML. A test case a program; for a fuzz run, which has thousands, one for the run itself
 * and one a finding. Infrastructure is `error`, never `failure`.
 */
export function junit(record: InvocationRecord): string {
  const cases = casesOf(record);
  const count = (is: string) => cases.filter(({ problem }) => problem?.[0] === is).length;
  const suite = attributes({
    name: `boxcheck ${record.use}`,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    time: seconds(record.totalMs),
    timestamp: record.startedAt,
  });
  const properties = `<properties><property${attributes({ name: 'about', value: provenance(record) })}/></properties>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite${suite}>\n${properties}\n${cases.map(caseMarkup).join('\n')}\n</testsuite>\n</testsuites>\n`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function caseMarkup({ classname, name, ms = 0, problem }: Case): string {
  const head = `<testcase${attributes({ classname, name, time: seconds(ms) })}`;
  if (!problem) return `${head}/>`;
  const [is, message, body = ''] = problem;
  return `${head}><${is}${attributes({ message })}>${escapeText(body)}</${is}></testcase>`;
}

function casesOf(record: InvocationRecord): Case[] {
  const { programs, findings, known, totals, totalMs: ms } = record;
  const run = { classname: 'boxcheck', name: 'run', ms };
  // A run that ended early or ran nothing must not look green because all its test cases do.
  const lack = shortfall(record);
  const fuzzed: Case[] =
    record.use === 'fuzz' ? [{ ...run, name: `fuzz: ${counted(totals.programs, 'program')}` }] : [];
  const gates = findings.filter((one) => one.gates !== false);
  const failed = (
    classname: string,
    name: string,
    ...told: readonly [message: string, body?: string]
  ): Case => ({
    ...{ classname, name },
    problem: ['failure', ...told],
  });
  return [
    ...programs.map(
      (one): Case => ({
        ...{ classname: `boxcheck.${one.group}`, name: one.name, ms: one.ms },
        problem: problemOf(one),
      }),
    ),
    ...gates.map(({ key, text, verdict, dir }) =>
      failed('boxcheck.finding', key, `${text} (${describeVerdict(verdict)})`, dir),
    ),
    ...known
      .filter(({ stale }) => stale)
      .map(({ id }) => failed('boxcheck.known', id, 'no longer shows: remove its mark')),
    ...(lack === null ? fuzzed : [{ ...run, problem: ['error', lack] } satisfies Case]),
  ];
}

function problemOf({ result, why }: ProgramLine): NonNullable<Case['problem']> | null {
  switch (result) {
    case 'passed':
      return null;
    case 'failed':
      return ['failure', why ?? 'failed'];
    case 'unconfirmed':
      return ['skipped', `unconfirmed: ${why ?? 'failed once'}`];
    case 'unjudged':
    case 'infrastructure':
      return ['error', why ?? result];
    case 'interrupted':
      return ['skipped', 'interrupted'];
  }
}
