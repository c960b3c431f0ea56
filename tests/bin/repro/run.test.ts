import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conclusion, replayAll } from '../../../bin/repro/run.ts';
import type { History, RunProgram } from '../../../program/history.ts';
import { signatureOf } from '../../../verdict/signature.ts';
import { failure, history, program } from '../../report/fixtures/records.ts';
import { toyEngine, toyRun } from '../fixtures.ts';
import { boxcheck } from '../spawn.ts';

const passed: History = { ...history, ending: { is: 'passed' } };
const other: History = {
  ...history,
  ending: { is: 'failed', failure: { ...failure, situation: 'job/stopped' } },
};
const broken: History = { ...history, ending: { is: 'infrastructure', why: 'lost' } };
const signature = signatureOf(failure).key;

test('only the failure the counterexample is about reproduces it', () => {
  expect(conclusion({ signature }, [history, passed])).toBe('REPRODUCED, failed in 1 of 2');
  expect(conclusion({ signature }, [other])).toBe(
    'not reproduced, failed in 0 of 1; 1 failed in another way',
  );
});

test('for a program file any failure does', () => {
  expect(conclusion({ signature: null }, [other, passed])).toBe('FAILED, failed in 1 of 2');
  expect(conclusion({ signature: null }, [passed, passed])).toBe('passed, failed in 0 of 2');
});

test('a program without steps, or one that was cut short, has not passed and is not called gone', () => {
  const empty = { ...passed, program: { ...passed.program, steps: [] }, events: [] };
  expect(conclusion({ signature: null }, [empty])).toBe(
    'NOT JUDGED, failed in 0 of 1; 1 not judged as a whole',
  );
  expect(conclusion({ signature }, [{ ...passed, cutShort: 1 }, passed])).toBe(
    'NOT JUDGED, failed in 0 of 2; 1 not judged as a whole',
  );
});

test('runs that the machine spoilt are told apart, known divergences named', () => {
  expect(conclusion({ signature }, [broken, { ...passed, known: { k1: 2 } }])).toBe(
    'not reproduced, failed in 0 of 1; 1 spoilt by the machine; known divergences shown: k1',
  );
});

test('where a program cannot be run at all, that is told of it and of each that is left', async () => {
  const engine = toyEngine([{}]);
  let runs = 0;
  const breaking: RunProgram = async (...args) => {
    if (++runs === 2) throw new Error('no such boxlite');
    return engine.run(...args);
  };
  const { run, said, out } = await toyRun({ ...engine, run: breaking });
  const files = ['a.json', 'b.json', 'c.json'];
  const programs = files.map((file) => ({ file, program, signature: null, found: null }));
  await expect(replayAll(run, programs, { times: 1, shrink: false })).rejects.toThrow('no such boxlite');
  expect(run.programs).toMatchObject([
    { name: 'a', result: 'passed' },
    { name: 'b', result: 'infrastructure', why: 'no such boxlite' },
    { name: 'c', result: 'infrastructure', why: 'no such boxlite' },
  ]);
  expect(said).toContain('c.json: NOT RUN: no such boxlite');
  await rm(out, { recursive: true });
});

test('a program that goes through a surface which is not there is told, and the others are run', async () => {
  const { run, said, out } = await toyRun(toyEngine([{}]));
  const byServer = { ...program, steps: [{ op: 'list', via: 'rest', all: true } as const] };
  const files = [byServer, program].map((each, i) => ({
    file: `${i}.json`,
    program: each,
    signature: null,
    found: null,
  }));
  expect(await replayAll(run, files, { times: 1, shrink: false })).toEqual({ ended: 'complete' });
  expect(run.programs).toMatchObject([
    { name: '0', result: 'infrastructure', why: expect.stringContaining('goes through rest') },
    { name: '1', result: 'passed' },
  ]);
  expect(said.join('\n')).toContain(
    '0.json: NOT RUN: it goes through rest, which is not there; npm run doctor',
  );
  expect(run.tally.totals()).toMatchObject({ infrastructure: 1, programs: 1 });
  await rm(out, { recursive: true });
});

test('a program of a longer command line than the machine takes is told, the others go on, and it is not fine', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bc-repro-'));
  const written = async (name: string, args: string[]): Promise<string> => {
    const box = { op: 'run', via: 'cli', as: 'box1', main: { do: 'args', args } };
    const file = join(dir, name);
    await writeFile(file, JSON.stringify({ format: 1, contract: '0.11.0', steps: [box] }));
    return file;
  };
  const files = [
    await written(
      'long.json',
      Array.from({ length: 200 }, () => 'x'.repeat(32_000)),
    ),
    await written('short.json', ['x']),
  ];
  const { code, out, err } = await boxcheck([
    'repro',
    ...files,
    '--target',
    'reference',
    '--out',
    dir,
    '--json',
  ]);
  expect(err).toMatch(/long\.json: NOT JUDGED/u);
  expect(err).toMatch(/short\.json: passed/u);
  expect(JSON.parse(out).programs).toMatchObject([
    { name: 'long', result: 'unjudged', why: expect.stringContaining('(E2BIG)') },
    { name: 'short', result: 'passed' },
  ]);
  expect(code).toBe(3);
  await rm(dir, { recursive: true });
});
