import type { FindingLine, InvocationRecord, ProgramLine } from './invocation-record.ts';
import { attributes, escapeText } from './markup.ts';
import { provenance } from './summary.ts';
import { describeVerdict } from './text/failure.ts';

/**
 * The run as JUnit XML. A test case a program; for a fuzz run, which has thousands, one for the run itself
 * and one a finding. Infrastructure is `error`, never `failure`.
 */
export function junit(record: InvocationRecord): string {
  const cases = [
    ...record.programs.map(programCase),
    ...record.findings.filter((finding) => finding.gates !== false).map(findingCase),
    ...staleCases(record),
    ...runCase(record),
  ];
  const count = (tag: string) => cases.filter((one) => one.includes(`<${tag}`)).length;
  const suite = attributes({
    name: `boxcheck ${record.use}`,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    time: seconds(record.totalMs),
    timestamp: record.startedAt,
  });
  const properties = `<properties><property${attributes({ name: 'about', value: provenance(record) })}/></properties>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite${suite}>\n${properties}\n${cases.join('\n')}\n</testsuite>\n</testsuites>\n`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const testCase = (classname: string, name: string, ms: number, inner = ''): string =>
  `<testcase${attributes({ classname, name, time: seconds(ms) })}${inner === '' ? '/>' : `>${inner}</testcase>`}`;

function programCase(program: ProgramLine): string {
  const inner = {
    passed: '',
    failed: tag('failure', program.why ?? 'failed'),
    unconfirmed: tag('skipped', `unconfirmed: ${program.why ?? 'failed once'}`),
    infrastructure: tag('error', program.why ?? 'infrastructure'),
    interrupted: '<skipped/>',
  }[program.result];
  return testCase(`boxcheck.${program.group}`, program.name, program.ms, inner);
}

function findingCase(finding: FindingLine): string {
  const message = `${finding.text} (${describeVerdict(finding.verdict)})`;
  return testCase('boxcheck.finding', finding.key, 0, tag('failure', message, finding.dir));
}

const staleCases = (record: InvocationRecord): string[] =>
  record.known
    .filter((mark) => mark.stale)
    .map((mark) =>
      testCase('boxcheck.known', mark.id, 0, tag('failure', 'no longer shows: remove its mark')),
    );

/** A run that ended early or ran nothing must not look green because all its test cases do. */
function runCase(record: InvocationRecord): string[] {
  if (record.totals.programs === 0)
    return [testCase('boxcheck', 'run', record.totalMs, tag('error', 'no program was run'))];
  if (record.ended === 'infrastructure') {
    return [testCase('boxcheck', 'run', record.totalMs, tag('error', record.why ?? 'ended early'))];
  }
  return record.use === 'fuzz'
    ? [testCase('boxcheck', `fuzz: ${record.totals.programs} programs`, record.totalMs)]
    : [];
}

const tag = (name: 'failure' | 'error' | 'skipped', message: string, body = ''): string =>
  `<${name}${attributes({ message })}>${escapeText(body)}</${name}>`;
