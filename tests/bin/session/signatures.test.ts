import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { beginInvocation, endInvocation } from '../../../bin/session/invocation.ts';
import { recallSignatures, settleSignatures } from '../../../bin/session/signatures.ts';
import { runPlan } from '../../../bin/smoke/run.ts';
import type { FindingLine } from '../../../report/invocation-record.ts';
import { failure, program } from '../../report/fixtures/records.ts';
import { type Answer, toyEngine, toyRun } from '../fixtures.ts';

const places: string[] = [];
afterEach(async () => {
  for (const place of places.splice(0)) await rm(place, { recursive: true, force: true });
});

const failed: Answer = { ending: { is: 'failed', failure } };

/** A run of one failing program below a directory that earlier runs have used. */
async function night(answers: readonly Answer[], out?: string, version = '0.10.7') {
  const engine = toyEngine(answers);
  const identity = { ...engine.target.identity, version };
  const of = { ...engine, target: { ...engine.target, identity } };
  const first = await toyRun(of);
  const { run } = first;
  const again = out && (await beginInvocation('fuzz', of, run.output, out, run.signal));
  places.push(first.out);
  const used = again || run;
  const record = await endInvocation(used, runPlan(used, [{ name: 'p', group: 'pinned', program }]));
  return {
    record,
    out: out ?? first.out,
    findings: await readdir(join(used.out, 'findings')).catch(() => []),
  };
}

/** Settles what another run on the same directory has found, after what is known there. */
async function settle(out: string, findings: ReadonlyMap<string, FindingLine>) {
  const { before } = await recallSignatures(out, 'lab');
  const of = { engine: toyEngine([{}]), out, dir: join(out, 'runs', 'x') };
  await settleSignatures({ ...of, before, findings, warnings: [] });
  return { before, now: (await recallSignatures(out, 'lab')).before };
}

test('a finding is new once: the next run knows it, and both share one folder', async () => {
  const first = await night([failed]);
  expect(first.record.findings[0]).not.toHaveProperty('seen');
  const second = await night([failed], first.out);
  expect(second.record.findings).toMatchObject([{ seen: { runs: 1 }, dir: first.record.findings[0]?.dir }]);
  expect(second.findings).toEqual(first.findings);
  const { before } = await recallSignatures(first.out, 'lab');
  const [entry] = before.values();
  expect(entry).toMatchObject({ versions: ['0.10.7'], judged: true, steps: 2 });
  expect(entry?.runs).toHaveLength(2);
  expect(Date.parse(entry?.lastSeen ?? '')).toBeGreaterThan(Date.parse(entry?.firstSeen ?? ''));
});

test('what earlier runs have seen and this one has not is gone, with when it was seen last', async () => {
  const { out, record } = await night([failed]);
  const next = await night([{}], out);
  const [{ text, dir } = {}] = record.findings;
  expect(next.record.gone).toMatchObject([{ text, dir, runs: 1, versions: ['0.10.7'] }]);
  expect(existsSync(dir ?? '')).toBe(true);
});

test('a folder of another version takes the place of the one before', async () => {
  const { out, record } = await night([failed]);
  const next = await night([failed], out, '0.11.0');
  const [{ dir = '' } = {}] = next.record.findings;
  expect(dir).not.toBe(record.findings[0]?.dir);
  expect(next.findings).toHaveLength(1);
  expect(existsSync(dir)).toBe(true);
  const { before } = await recallSignatures(out, 'lab');
  expect([...before.values()]).toMatchObject([{ versions: ['0.10.7', '0.11.0'] }]);
});

test('a finding that could not be kept takes nothing from what an earlier run has kept', async () => {
  const { out, record } = await night([failed]);
  const [line] = record.findings as [FindingLine];
  const lost = { ...line, dir: 'not kept: no space left' };
  const { before, now } = await settle(out, new Map([['k', lost]]));
  expect(existsSync(line.dir)).toBe(true);
  expect(now).toEqual(before);
});

test('an index that cannot be read is set aside, and the run goes on', async () => {
  const { out } = await night([failed]);
  await writeFile(join(out, 'signatures.json'), 'broken');
  const { record } = await night([failed], out);
  expect(record.warnings.join()).toMatch(/signatures\.json.*set aside/u);
  expect(JSON.parse(await readFile(join(out, 'signatures.json'), 'utf8'))).toMatchObject({
    signatures: [{ target: 'lab' }],
  });
});

test('of two programs that no run has judged the shorter one is kept, and the line tells of the one that is', async () => {
  const { out, record } = await night([failed]);
  const [line] = record.findings as [FindingLine];
  const other = (steps: number) => ({
    ...line,
    steps,
    verdict: null,
    dir: join(out, 'findings', `of-${steps}`),
  });
  const kept = async (found: FindingLine) => {
    await mkdir(found.dir, { recursive: true });
    const { now } = await settle(out, new Map([[found.key, found]]));
    return [...now.values()].map(({ dir, steps }) => ({ dir, steps }));
  };
  await rm(join(out, 'signatures.json'));
  await kept(other(20));
  expect(await kept(other(2))).toEqual([{ dir: 'findings/of-2', steps: 2 }]);
  const longer = other(9);
  expect(await kept(longer)).toEqual([{ dir: 'findings/of-2', steps: 2 }]);
  expect(longer).toMatchObject({ dir: join(out, 'findings', 'of-2'), steps: 2 });
  expect(existsSync(join(out, 'findings', 'of-2'))).toBe(true);
});

test('a folder that somebody has changed stays beside a better one, and that is said', async () => {
  const { out, record } = await night([failed]);
  const [{ dir = '' } = {}] = record.findings;
  await writeFile(join(dir, 'ISSUE.md'), 'reported as #1');
  await utimes(join(dir, 'ISSUE.md'), new Date(), new Date(Date.now() + 60_000));
  const next = await night([failed], out, '0.11.0');
  expect(next.findings).toHaveLength(2);
  expect(next.record.warnings.join()).toContain(`${dir}: somebody has changed it, so it stays`);
});
