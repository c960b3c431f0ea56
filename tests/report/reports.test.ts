import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverageTable } from '../../report/coverage.ts';
import { html } from '../../report/html.ts';
import type { FindingLine, InvocationRecord } from '../../report/invocation-record.ts';
import { junit } from '../../report/junit.ts';
import { resultLine, spentLines, summaryLines } from '../../report/summary.ts';
import { runRecord } from './fixtures/records.ts';

const finding: FindingLine = {
  key: 'exec-cli-1',
  text: '<script>alert("x")</script>',
  family: 'exec: wrong',
  dir: '/somewhere/found',
  verdict: { class: 'flaky', failed: 2, runs: 9 },
  seed: 5,
  steps: 3,
  originalSteps: 20,
  hits: 4,
};
const failed: InvocationRecord = {
  ...runRecord,
  findings: [finding],
  totals: { ...runRecord.totals, passed: 1, failed: 1 },
};

test('every stated result carries target, version and seed', () => {
  for (const text of [resultLine(runRecord), html(runRecord), junit(runRecord)]) {
    expect(text).toContain('target lab, BoxLite 0.10.7, seed 42');
  }
});

test('the summary tells verdict, rate, length and folder of a finding, and ends with the result', () => {
  const lines = summaryLines(failed, '/run');
  expect(lines.join('\n')).toContain('flaky (2 of 9 runs), 3 steps (from 20), seed 5, 4 programs');
  expect(lines.join('\n')).toContain('/somewhere/found');
  expect(lines.at(-1)).toContain('smoke: FAILED: 1 passed, 1 failed');
});

test('a variant of a known divergence stands apart from what is new', () => {
  const variant: FindingLine = {
    ...finding,
    verdict: { class: 'deterministic', failed: 8, runs: 8 },
    variantOf: 'a-mark',
  };
  const record = { ...failed, findings: [variant] };
  expect(summaryLines(record, '/run').join('\n')).toContain('variant of a-mark');
  expect(html(record)).toContain('New tonight (0)');
  expect(html(record)).toContain('Variants of known divergences (1)');
});

test('a smoke run ends in a table of what became of the known divergences, and of what is new', () => {
  const line = { group: 'found', name: 'n', steps: 1, boxes: 1, ms: 1 } as const;
  const programs: InvocationRecord['programs'] = [
    { ...line, result: 'passed', mark: { id: 'a', is: 'there' } },
    { ...line, result: 'failed', mark: { id: 'b', is: 'gone' } },
    { ...line, result: 'failed', mark: { id: 'c', is: 'changed' } },
    { ...line, result: 'failed', name: 'seed 7', group: 'seed' },
  ];
  const said = summaryLines({ ...runRecord, programs }, '/run');
  const from = said.findIndex((text) => text.startsWith('known divergences on'));
  expect(said.slice(from + 1, from + 6)).toEqual([
    '  still there   1',
    '  not seen      0',
    '  gone          1  b',
    '  changed       1  c',
    '  new           1  seed 7',
  ]);
});

test('a flaky failure whose place changes says how often it came at the same one', () => {
  const moving: FindingLine = { ...finding, verdict: { class: 'flaky', failed: 4, here: 1, runs: 4 } };
  const lines = summaryLines({ ...failed, findings: [moving] }, '/run');
  expect(lines.join('\n')).toContain('flaky (4 of 4 runs, 1 of them at the same step), 3 steps');
});

test.each([
  ['run in which nothing ran', { programs: 0, passed: 0 }, 'smoke', 'NOTHING RAN', 'errors="1"'],
  ['campaign that drew nothing', { programs: 0, corpus: 9 }, 'fuzz', 'NOTHING DRAWN', 'no program was drawn'],
] as const)('a %s does not look green anywhere', (_, totals, use, word, inJunit) => {
  const record: InvocationRecord = {
    ...{ ...runRecord, use, programs: [] },
    totals: { ...runRecord.totals, ...totals },
  };
  expect(resultLine(record)).toContain(word);
  expect(junit(record)).toContain(inJunit);
  expect(html(record)).toContain('Nothing can be said.');
});

test('a finding that was not run again is not said to be not reproduced', () => {
  const page = html({ ...failed, findings: [{ ...finding, verdict: null }] });
  expect(page).toContain('New, not run again (1)');
  expect(page).toContain('Seen once, not reproduced (0)');
});

test('that a run ended early is said whatever else there is', () => {
  const early = { ...failed, ended: 'infrastructure' as const, why: 'the lab is gone' };
  expect(resultLine(early)).toContain('FAILED, ENDED EARLY (the lab is gone)');
  expect(html(early)).toContain('Ended early.<br>the lab is gone');
  const nothing = { ...early, findings: [], totals: { ...failed.totals, programs: 0, failed: 0, passed: 0 } };
  expect(resultLine(nothing)).toContain('NOTHING RAN, ENDED EARLY (the lab is gone)');
  expect(resultLine({ ...early, ended: 'interrupted', why: 'in p' })).toContain('INTERRUPTED (in p)');
});

test('what is new, was seen before and is gone stands apart, and findings of one family together', () => {
  const deterministic = { class: 'deterministic', failed: 8, runs: 8 } as const;
  const fresh: FindingLine = { ...finding, text: 'fresh', verdict: deterministic };
  const old: FindingLine = { ...fresh, text: 'old', seen: { first: '2026-11-20T01:02:03Z', runs: 3 } };
  const lastSeen = '2026-11-21T01:02:03Z';
  const gone = [{ text: 'it went', lastSeen, runs: 2, versions: ['0.10.0'], dir: '/there' }];
  const record = { ...failed, findings: [fresh, { ...fresh, text: 'cousin' }, old], gone };
  const page = html(record);
  for (const heading of ['New tonight (2)', 'Seen before (1)', 'Gone (1)', '2 alike: exec: wrong'])
    expect(page).toContain(heading);
  const text = summaryLines(record, '/run').join('\n');
  expect(text).toMatch(/finding: fresh.*\n.*4 programs, new\n.*\n.*of the same family: cousin/u);
  expect(text).toContain('seen before, first on 2026-11-20, in 3 runs; /somewhere/found');
  expect(text).toContain('3 findings: 2 new, 1 seen before; 1 of earlier runs not seen this time');
});

test('how often the machine broke is told by kind and for a hundred boxes, and not where it held', () => {
  const totals = { ...runRecord.totals, boxes: 250 };
  const record = { ...runRecord, totals, machine: { 'ssh lost': 1, 'no sign of life': 2 } };
  expect(summaryLines(record, '/run')).toContain(
    'the machine broke 3 times in 250 boxes (1.2 in 100): 2 no sign of life, 1 ssh lost',
  );
  expect(summaryLines(runRecord, '/run').join()).not.toContain('the machine broke');
});

test('what no time was left for is said, with the command that goes on with it', () => {
  const open: FindingLine = { ...finding, verdict: null, open: 'not judged' };
  const record = { ...failed, findings: [finding, open] };
  const line =
    'left open: of 2 findings 1 not judged; go on with: npm run repro -- --shrink /somewhere/found';
  expect(summaryLines(record, '/run')).toContain(line);
  expect(html(record)).toContain(line);
  expect(summaryLines(failed, '/run').join()).not.toContain('left open');
});

test.each([
  ['interrupted', 'stopped by the user'],
  ['infrastructure', 'the machine was lost'],
] as const)('JUnit is not green of a run that ended early: %s', (ended, why) => {
  for (const use of ['smoke', 'fuzz'] as const) {
    const xml = junit({ ...runRecord, use, ended, why });
    expect(xml).toContain('errors="1"');
    expect(xml).toContain(why);
  }
});

test('a program that was not judged is an error, and counted apart from those that passed', () => {
  const [first] = runRecord.programs as [InvocationRecord['programs'][number]];
  const programs = [{ ...first, result: 'unjudged' as const, why: 'the program has no steps' }];
  const record = { ...runRecord, programs, totals: { ...runRecord.totals, unjudged: 1, passed: 1 } };
  expect(junit(record)).toContain('<error message="the program has no steps"');
  expect(resultLine(record)).toContain('1 passed, 0 failed, 1 not judged');
});

test('the reference is never mistaken for BoxLite', () => {
  const identity = { ...runRecord.environment.identity, target: 'reference' as const };
  const record = { ...runRecord, environment: { ...runRecord.environment, identity } };
  expect(resultLine(record)).toContain('says nothing about BoxLite');
  expect(html(record)).toContain('says nothing about BoxLite');
});

test('text from outside never becomes markup, and JUnit counts fit its cases', () => {
  const page = html(failed);
  expect(page).not.toContain('<script>');
  expect(page).toContain('&lt;script&gt;');
  const xml = junit(failed);
  expect(xml).toContain('tests="3" failures="1" errors="0"');
  expect(xml.match(/<testcase/gu)).toHaveLength(3);
});

test('infrastructure is an error in JUnit, not a failure', () => {
  const [first] = runRecord.programs;
  const programs = [
    {
      ...(first as InvocationRecord['programs'][number]),
      result: 'infrastructure' as const,
      why: 'ssh lost',
    },
  ];
  expect(junit({ ...runRecord, programs })).toContain('tests="1" failures="0" errors="1"');
});

test('the coverage table loses no count', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const row = fc.record({
    op: word,
    surface: fc.constantFrom('cli', 'rest', '-'),
    situation: word,
    outcome: word,
    count: fc.nat(99),
  });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const table = coverageTable(rows);
      const cells = table.rows.flatMap(({ cells }) => cells.flat());
      const sum = rows.reduce((total, { count }) => total + count, 0);
      expect(cells.reduce((total, cell) => total + cell.total, 0)).toBe(sum);
      expect(cells.flatMap((cell) => cell.outcomes).reduce((total, { count }) => total + count, 0)).toBe(sum);
    }),
  );
  expect(coverageTable(runRecord.coverage).surfaces).toEqual(['cli', 'rest']);
});

test('what the time of a run went into is told in the summary and in the page', () => {
  const use = 'fuzz';
  expect(spentLines({ ...runRecord, use })).toEqual([
    'drew 2 programs in 40.0 s of 1 min 01 s, re-runs 6.0 s, shrinking 4.0 s',
    'of that: boots 30.0 s, commands 14.0 s, polls 1.0 s, known divergences 5.0 s',
  ]);
  expect(summaryLines({ ...runRecord, use }, '/run').join('\n')).toContain('drew 2 programs');
  expect(html({ ...runRecord, use })).toContain('drew 2 programs in 40.0 s');
  expect(spentLines(runRecord)[0]).toContain('ran 2 programs');
});
