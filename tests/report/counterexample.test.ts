import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutAtControls } from '../../domain/visible.ts';
import type { Failure } from '../../program/failure.ts';
import { programSchema } from '../../program/program.ts';
import { saveCounterexample } from '../../report/counterexample/save.ts';
import { counterexample, history, program } from './fixtures/records.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-found-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const read = (place: string, file: string) => readFile(join(place, file), 'utf8');

test('a counterexample is complete on disk as soon as it is kept', async () => {
  const kept = await saveCounterexample(dir, counterexample);
  expect((await readdir(kept.dir)).sort()).toEqual([
    'ISSUE.md',
    'environment.json',
    'failure.json',
    'original.json',
    'program.json',
    'repro.sh',
    'trace.jsonl',
    'verdict.json',
  ]);
  expect(kept.dir).toContain('2026-11-23T010203Z-lab-exec-via-cli-in-sandbox-running');
  expect(programSchema.parse(JSON.parse(await read(kept.dir, 'program.json')))).toEqual(program);
  expect((await read(kept.dir, 'trace.jsonl')).trim().split('\n')).toHaveLength(2);
  expect((await stat(join(kept.dir, 'repro.sh'))).mode & 0o111).not.toBe(0);
});

test('a better program replaces the first, the original stays', async () => {
  const kept = await saveCounterexample(dir, counterexample);
  const shorter = { ...program, steps: program.steps.slice(1) };
  await kept.setSmallest({
    program: shorter,
    history: { ...history, program: shorter },
    failure: counterexample.original.failure,
  });
  expect(JSON.parse(await read(kept.dir, 'program.json')).steps).toHaveLength(1);
  expect(JSON.parse(await read(kept.dir, 'original.json')).steps).toHaveLength(2);
});

test('the folder is named for what is in it, also once that is shorter and shows something else', async () => {
  const kept = await saveCounterexample(dir, counterexample);
  const { failure } = counterexample.original;
  const shown = { ...failure, situation: 'job/stopped' } as typeof failure;
  await kept.setSmallest({ program, history, failure: shown });
  expect(await readdir(dir)).toEqual([basename(kept.dir)]);
  expect(kept.dir).toContain('2026-11-23T010203Z-lab-exec-via-cli-in-job-stopped');
  expect(await read(kept.dir, 'failure.json')).toContain('job/stopped');
  await kept.setVerdict({ class: 'not-reproduced', runs: 16 });
  expect(await read(kept.dir, 'verdict.json')).toContain('not-reproduced');
});

test('verdict and logs are added; a log file cannot leave its folder', async () => {
  const kept = await saveCounterexample(dir, counterexample);
  await kept.setVerdict({ class: 'deterministic', failed: 5, runs: 5 });
  await kept.logs({ '../../evil.log': 'text' });
  expect(JSON.parse(await read(kept.dir, 'verdict.json'))).toEqual({
    class: 'deterministic',
    failed: 5,
    runs: 5,
  });
  expect(await read(kept.dir, 'logs/evil.log')).toBe('text');
});

test('the issue draft says what was done, expected, seen, how often and where', async () => {
  const kept = await saveCounterexample(dir, counterexample);
  await kept.setVerdict({ class: 'flaky', failed: 2, runs: 9 });
  const draft = await read(kept.dir, 'ISSUE.md');
  expect(draft).toContain('BoxLite 0.10.7');
  expect(draft).toContain("boxlite run -d --name 'it'\\''s' IMAGE");
  expect(draft).toContain('stdout is empty');
  expect(draft).toContain('- Streams, files, arguments and environment carry any bytes unchanged');
  expect(draft).toContain('  Source: openapi/box.openapi.yaml, `attachExecution`');
  expect(draft).not.toMatch(/contract [0-9]/u);
  expect(draft).toContain('flaky (2 of 9 runs)');
  expect(draft).toContain('campaign 42, program 7');
});

test('control characters of a server reach neither the issue draft nor the script', async () => {
  const seen = { is: 'refused', exit: 1, text: 'Error: \x1b]0;title\x07 \x9b2J \u202e\r' } as const;
  const failure = { ...counterexample.original.failure, seen, differences: [seen.text] } as Failure;
  const original = { ...counterexample.original, failure };
  const environment = { ...counterexample.environment, identity: { ...counterexample.environment.identity } };
  environment.identity.version = '0.10.7\n$(touch /tmp/shell)\x1b[8m';
  const kept = await saveCounterexample(dir, { ...counterexample, environment, original });
  for (const file of ['ISSUE.md', 'repro.sh']) {
    const text = await read(kept.dir, file);
    expect(cutAtControls(text), file).toEqual([text]);
    if (file === 'repro.sh') expect(text).not.toMatch(/^\$\(touch/mu);
  }
});

test('two counterexamples of one second get two folders', async () => {
  const [a, b] = await Promise.all([
    saveCounterexample(dir, counterexample),
    saveCounterexample(dir, counterexample),
  ]);
  expect(a.dir).not.toBe(b.dir);
});
