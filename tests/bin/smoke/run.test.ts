import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endInvocation } from '../../../bin/session/invocation.ts';
import type { Planned } from '../../../bin/smoke/plan.ts';
import { runPlan } from '../../../bin/smoke/run.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Step } from '../../../program/step.ts';
import { exitCodeOf, type InvocationRecord } from '../../../report/invocation-record.ts';
import { summaryLines } from '../../../report/summary.ts';
import { failure, program } from '../../report/fixtures/records.ts';
import { markOf } from '../../run/fixtures/runs.ts';
import { type Answer, toyEngine, toyRun } from '../fixtures.ts';

const places: string[] = [];
afterEach(async () => {
  for (const place of places.splice(0)) await rm(place, { recursive: true, force: true });
});

async function smoke(
  answers: readonly Answer[],
  plan: readonly Planned[],
  signal?: AbortSignal,
  shaky = false,
  maxFailures?: number,
) {
  const engine = toyEngine(answers, shaky);
  const { run, said, out } = await toyRun(engine, signal);
  places.push(out);
  const record = await endInvocation(run, runPlan(run, plan, maxFailures));
  return { record, said, out, dir: run.dir, code: exitCodeOf(record), recovered: engine.recovered };
}

const plain: Planned = { name: 'p', group: 'pinned', program };
const marked = (always: boolean, needs?: string[], m = 5): Planned => ({
  name: 'k',
  group: 'found',
  program,
  mark: { id: 'k1', always, needs, rate: always ? undefined : { m, k: 10 } },
});
const hit: Answer = { known: { k1: 1 } };
const failed: Answer = { ending: { is: 'failed', failure } };
const broken: Answer = { ending: { is: 'infrastructure', why: 'ssh lost' } };

test('all passed: exit 0, and every report is written', async () => {
  const { record, code, dir } = await smoke([{}], [plain, plain]);
  expect(code).toBe(0);
  expect(record.totals).toMatchObject({ programs: 2, passed: 2, failed: 0 });
  expect((await readdir(dir)).sort()).toEqual(['coverage.json', 'junit.xml', 'report.html', 'run.json']);
});

test('it ends after so many new findings, and says what was not run', async () => {
  const plan = [plain, plain, plain, plain];
  // The same failure in each of them is one finding.
  const same = await smoke([failed], plan, undefined, false, 2);
  expect(same.record.programs).toHaveLength(4);
  const first = await smoke([failed], plan, undefined, false, 1);
  expect(first.record.programs).toHaveLength(1);
  expect(first.record.warnings).toEqual([
    'ended after 1 finding (--max-failures); 3 of 4 programs were not run',
  ]);
  expect(first.code).toBe(1);
});

test('a mark that is gone counts as a finding', async () => {
  const { record } = await smoke([{}], [marked(true), plain], undefined, false, 1);
  expect(record.programs).toMatchObject([{ result: 'failed' }]);
});

test('a summary is told even where no file can be written', async () => {
  const said: InvocationRecord[] = [];
  for (const answers of [[{}], [failed]]) {
    const { run, out } = await toyRun(toyEngine(answers));
    const output = { ...run.output, result: (record: InvocationRecord) => void said.push(record) };
    await rm(out, { recursive: true });
    await writeFile(out, 'a file where the directory was');
    places.push(out);
    const record = await endInvocation({ ...run, output }, runPlan({ ...run, output }, [plain]));
    expect(record).toMatchObject({ ended: 'infrastructure', why: expect.stringContaining('report') });
  }
  expect(said.map(exitCodeOf)).toEqual([3, 1]);
  expect(said[1]?.findings).toMatchObject([{ dir: expect.stringContaining('not kept') }]);
});

test('a failure is kept, judged and counted: exit 1', async () => {
  const { record, code, out } = await smoke([failed], [plain, plain]);
  expect(code).toBe(1);
  expect(record.findings).toMatchObject([{ hits: 2, verdict: { class: 'deterministic' } }]);
  expect(await readdir(join(out, 'findings'))).toHaveLength(1);
});

test('a program of which no step was judged has not passed: exit 3; one that was cut short says so', async () => {
  const empty = { ...plain, program: { ...program, steps: [] } };
  const { record, code, said } = await smoke([{ events: [] }, { cutShort: 1 }], [empty, plain]);
  expect(code).toBe(3);
  expect(record.programs.map(({ result }) => result)).toEqual(['unjudged', 'passed']);
  expect(record.totals).toMatchObject({ programs: 2, passed: 1, unjudged: 1 });
  expect(said.join('\n')).toContain('unjudged pinned p: 0 steps');
  expect(said.join('\n')).toMatch(/1 of 2 steps were not judged[ ()0-9]*: the contract/u);
});

test('whatever is thrown, the reports and the summary are written first, and what was found counts', async () => {
  const engine = toyEngine([failed]);
  const { run, out } = await toyRun(engine);
  places.push(out);
  const work = runPlan(run, [plain]).then(() => {
    throw new Error('the server does not list its boxes');
  });
  const record = await endInvocation(run, work);
  expect(record).toMatchObject({ ended: 'infrastructure', why: 'the server does not list its boxes' });
  expect(exitCodeOf(record)).toBe(1);
  expect((await readdir(run.dir)).sort()).toEqual(['coverage.json', 'junit.xml', 'report.html', 'run.json']);
});

test('how often the machine broke under a program is counted, and told where it was more than once', async () => {
  const { record } = await smoke(
    [broken, broken, {}, broken, {}],
    [plain, { ...plain, program: { ...program } }],
  );
  expect(record.broken).toEqual([
    { program: 'seed 7', times: 2, why: 'ssh lost' },
    { program: 'seed 7', times: 1, why: 'ssh lost' },
  ]);
  expect(record.machine).toEqual({ 'ssh lost': 3 });
  const told = summaryLines(record, '').filter((line) => line.startsWith('infrastructure: '));
  expect(told).toEqual(['infrastructure: 2 times under one program, seed 7: ssh lost']);
});

test('what a shaky machine did once, and in none of the re-runs, is kept and told but stops no merge', async () => {
  const { record, code, out, dir } = await smoke([failed, {}], [plain, plain], undefined, true);
  expect(code).toBe(0);
  expect(record.totals).toMatchObject({ programs: 2, passed: 1, failed: 0, unconfirmed: 1 });
  expect(record.programs.map(({ result }) => result)).toEqual(['unconfirmed', 'passed']);
  expect(record.findings).toMatchObject([{ verdict: { class: 'not-reproduced', runs: 16 } }]);
  expect(record.warnings.join()).toMatch(/p: failed once/u);
  expect(await readdir(join(out, 'findings'))).toHaveLength(1);
  expect(await readFile(join(dir, 'junit.xml'), 'utf8')).toMatch(/failures="0".*unconfirmed/su);
});

test('the same on a machine that can be trusted fails, and so does a second time on a shaky one', async () => {
  expect((await smoke([failed, {}], [plain])).code).toBe(1);
  const once: Answer[] = [failed, ...Array.from({ length: 16 }, () => ({}))];
  const twice = await smoke([...once, failed], [plain, plain], undefined, true);
  expect(twice.code).toBe(1);
  expect(twice.record.findings).toMatchObject([{ hits: 2 }]);
});

test('a mark that its own re-runs show is not gone: told, kept, and no reason to stop a merge', async () => {
  const step = program.steps[1] as Step;
  const mark: Failure = { kind: 'stale-mark', id: 'k1', at: 1, step, situation: 'any', detail: 'k1' };
  const stale: Answer = { ending: { is: 'failed', failure: mark } };
  const sometimes = await smoke([stale, {}, stale, {}, stale, stale, {}], [plain, plain]);
  expect(sometimes.code).toBe(0);
  expect(sometimes.record.programs.map(({ result }) => result)).toEqual(['unconfirmed', 'passed']);
  expect(sometimes.record.findings).toMatchObject([{ gates: false, verdict: { class: 'flaky' } }]);
  expect(sometimes.record.warnings.join()).toMatch(/p: k1 showed in 2 of 5 re-runs.*`always`: false/u);
  expect((await smoke([stale], [plain])).code).toBe(1);
  expect((await smoke([stale, ...Array.from({ length: 16 }, () => ({}))], [plain])).code).toBe(1);
});

test.each([
  [
    'shows in nine of ten tries',
    { m: 9, k: 10 },
    ['k1 depends on timing and did not show: a night tells whether it is gone'],
  ],
  ['shows in one of ten tries', { m: 1, k: 10 }, []],
])('a divergence that %s and stayed away where it might have shown is a warning, or chance', async (_, rate, warnings) => {
  const known = markOf({ id: 'k1', always: false, rate });
  const missed: Answer = { missed: { k1: 3 } };
  const ran = async (answers: Answer[], use: 'smoke' | 'fuzz') => {
    const { run, out } = await toyRun({ ...toyEngine(answers), known: [known] });
    places.push(out);
    const invocation = { ...run, use };
    return endInvocation(invocation, runPlan(invocation, [plain, plain]));
  };
  const { warnings: told, known: marks } = await ran([missed], 'smoke');
  expect(told).toEqual(warnings);
  expect(marks).toMatchObject([{ id: 'k1', stale: false }]);
  // It showed at least once.
  expect((await ran([missed, { known: { k1: 1 } }], 'smoke')).warnings).toEqual([]);
  // Over night that is red, and needs no warning.
  const night = await ran([missed], 'fuzz');
  expect(night.warnings).toEqual([]);
  expect(night.known).toMatchObject([{ stale: warnings.length > 0 }]);
});

test('no program at all is no success', async () => {
  expect((await smoke([{}], [])).code).toBe(3);
});

test('a broken machine is repaired and the program run again', async () => {
  const { record, code, recovered } = await smoke([broken, {}], [plain]);
  expect({ code, recovered }).toEqual({ code: 0, recovered: 1 });
  expect(record.totals).toMatchObject({ passed: 1, infrastructure: 0 });
});

test('a machine that stays broken ends the run early, as neither passed nor failed', async () => {
  const { record, code } = await smoke([broken], [plain, plain]);
  expect(code).toBe(3);
  expect(record).toMatchObject({
    ended: 'infrastructure',
    totals: { programs: 0, failed: 0, infrastructure: 1 },
  });
});

test.each<[string, Answer[], Planned, number, string]>([
  ['shows its mark', [{ known: { k1: 1 } }], marked(true), 0, 'there'],
  ['no longer shows its mark', [{}], marked(true), 1, 'gone'],
  ['shows another mark besides', [{ known: { k1: 1, k2: 1 } }], marked(true), 1, 'changed'],
  ['shows one that it needs besides', [{ known: { k1: 1, k2: 1 } }], marked(true, ['k2']), 0, 'there'],
  ['fails in another way', [failed], marked(true), 1, 'changed'],
  ['shows a mark of timing at the second run', [{}, hit], marked(false), 0, 'there'],
  ['does not show a mark of timing in so few runs', [{}], marked(false), 0, 'not-seen'],
  ['would show one that shows seldom at a second run', [{}, hit], marked(false, [], 4), 0, 'not-seen'],
])("a known divergence's counterexample that %s", async (_, answers, planned, expected, is) => {
  const { code, record } = await smoke(answers, [planned]);
  expect(code).toBe(expected);
  expect(record.programs[0]?.mark).toEqual({ id: 'k1', is });
  if (expected === 1 && answers[0] !== failed) expect(record.programs[0]?.why).toMatch(/k1/u);
});

test('programs that share a box are told one by one', async () => {
  const { said } = await smoke([hit], [{ ...plain, parts: [marked(true), plain] }]);
  expect(said.join()).toMatch(/\[1\/2\] passed found k:.*\[2\/2\] passed pinned p:/u);
});

test('lanes run the plan together: it is judged in its order, and a machine that breaks is repaired alone', async () => {
  const first = toyEngine([broken, {}]);
  const second = toyEngine([{}]);
  const slow = async (...of: Parameters<typeof first.run>) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return first.run(...of);
  };
  const { run, out } = await toyRun({ ...first, target: first.target, run: slow, others: [second] });
  places.push(out);
  const plan = ['a', 'b', 'c', 'd'].map((name) => ({ ...plain, name }));
  const record = await endInvocation(run, runPlan(run, plan));
  expect(record.programs.map(({ name, result }) => `${name} ${result}`)).toEqual(
    plan.map(({ name }) => `${name} passed`),
  );
  expect([first.recovered, second.recovered]).toEqual([1, 0]);
});

test('an interrupted run says so, and its report is written', async () => {
  const { record, code, dir } = await smoke([{}], [plain], AbortSignal.abort());
  expect(code).toBe(130);
  expect(record.ended).toBe('interrupted');
  expect(await readdir(dir)).toContain('report.html');
});
