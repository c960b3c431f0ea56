import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { predict } from '../../../commands/index.ts';
import { newestProfile } from '../../../model/profile.ts';
import { emptyWorld } from '../../../model/world.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Event } from '../../../program/history.ts';
import type { Step } from '../../../program/step.ts';
import { findSdks } from '../../../runtime/sdks.ts';
import { counterexample, history } from '../fixtures/records.ts';
import { runScript } from '../fixtures/run-script.ts';

const dir = mkdtempSync(join(tmpdir(), 'bc-ref-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the script of a program, each step of which must be answered as some world of the model says, on the reference. */
function runProgram(name: string, steps: readonly Step[]) {
  let worlds = [emptyWorld];
  const events: Event[] = steps.map((step, index) => {
    const outcomes = worlds.flatMap((world) => predict(world, step, newestProfile)?.outcomes ?? []);
    const [usual] = outcomes;
    if (!usual) throw new Error(`the contract says nothing of ${JSON.stringify(step)}`);
    worlds = outcomes.map(({ next }) => next);
    const matched = index === steps.length - 1 ? null : usual.label;
    const seen = { is: 'done' } as const;
    return {
      index,
      step,
      situation: '-',
      allowed: outcomes,
      seen,
      matched,
      startedMs: 0,
      runtimeMs: 0,
      harnessMs: 0,
    };
  });
  const { step, allowed, seen } = events.at(-1) as Event;
  const at = steps.length - 1;
  const failure: Failure = { kind: 'unexpected', at, step, allowed, seen, differences: [], situation: '-' };
  const program = { format: 1 as const, contract: 'x', steps: [...steps] };
  const smallest = { program, failure, history: { ...history, program, events } };
  return runScript(dir, name, { ...counterexample, smallest });
}

const print = (out: string, code = 0) => ({ do: 'print', out, err: '', code }) as const;
const hold = { do: 'hold', out: 'up\n' } as const;

const python = findSdks('0.10.7').found.sdk?.file;

const boxesBySdk: Step[] = [
  { op: 'run', via: 'sdk', as: 'box1', name: 'two words', main: hold },
  { op: 'create', via: 'sdk', as: 'box2', name: 'two words' },
  { op: 'inspect', via: 'sdk', on: 'box1', by: 'name' },
  { op: 'exec', via: 'sdk', on: 'box1', work: { do: 'cat' }, stdin: 'in\n' },
  { op: 'exec', via: 'sdk', on: 'box1', work: { do: 'env', value: 'a="b" =c ' } },
  { op: 'exec', via: 'sdk', on: 'box1', work: { do: 'missing' } },
  { op: 'metrics', via: 'sdk', on: 'box1' },
  { op: 'copy-in', via: 'sdk', on: 'box1', path: '/root/f1', data: 'copied \0\xff\n' },
  { op: 'copy-out', via: 'sdk', on: 'box1', path: '/root/f1' },
  { op: 'stop', via: 'sdk', on: ['box1'] },
  { op: 'list', via: 'sdk', all: true },
  { op: 'rm', via: 'sdk', on: ['box1'], force: true },
  { op: 'inspect', via: 'sdk', on: 'box1' },
  { op: 'start', via: 'sdk', on: ['box1'] },
];

const executionsBySdk: Step[] = [
  { op: 'run', via: 'sdk', as: 'box1', main: hold },
  { op: 'spawn', via: 'sdk', on: 'box1', as: 'exec1', work: { do: 'hold', out: 'up\n', onTerm: 5 } },
  { op: 'resize', via: 'sdk', exec: 'exec1', rows: 24, cols: -1 },
  { op: 'signal', via: 'sdk', exec: 'exec1', signal: 15 },
  { op: 'wait', via: 'sdk', exec: 'exec1' },
  { op: 'follow', via: 'sdk', exec: 'exec1' },
  { op: 'follow', via: 'sdk', exec: 'exec1' },
  { op: 'kill', via: 'sdk', exec: 'exec1' },
  { op: 'attach', via: 'sdk', as: 'att1', exec: '?bogus' },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec2', work: { do: 'cat' } },
  { op: 'attach', via: 'sdk', as: 'att2', exec: 'exec2' },
  { op: 'send', attach: 'att2', data: 'line\n' },
  { op: 'read', attach: 'att2' },
  { op: 'drop-sdk', via: 'sdk' },
  { op: 'attach', via: 'sdk', as: 'att3', exec: 'exec2' },
  { op: 'control', attach: 'att3', frame: 'eof' },
  { op: 'read', attach: 'att3' },
  { op: 'start', via: 'sdk', on: ['box1'] },
];

const programs: Record<string, Step[]> = {
  'the local CLI': [
    {
      op: 'run',
      via: 'cli',
      as: 'box1',
      name: 'two words',
      mounts: [{ kind: 'dir', host: 'h1', at: '/mnt/a' }],
    },
    { op: 'exec', via: 'cli', on: 'box1', by: 'name', work: { do: 'cat' }, stdin: '\0\xff\n' },
    { op: 'exec', via: 'cli', on: 'box1', by: 'prefix', work: { do: 'env', value: 'a="b" =c ' } },
    { op: 'copy-in', via: 'cli', on: 'box1', path: '/root/f1', data: 'copied \0\xff\n' },
    { op: 'copy-out', via: 'cli', on: 'box1', path: '/root/f1' },
    { op: 'host-write', host: 'h1', file: 'g', data: 'from outside\n' },
    { op: 'exec', via: 'cli', on: 'box1', work: { do: 'read', path: '/mnt/a/g' } },
    { op: 'host-read', host: 'h1', file: 'marker' },
    { op: 'host-write', host: 'h1', file: 'sub/f', data: 'deep\n' },
    { op: 'host-read', host: 'h1', file: 'sub/f' },
    { op: 'create', via: 'cli', as: 'box2', mounts: [{ kind: 'missing', at: '/mnt/m' }] },
    { op: 'foreground', via: 'cli', as: 'box3', main: print('out\n', 7), rm: true },
    { op: 'spawn', via: 'cli', on: 'box1', as: 'exec1', work: hold },
    { op: 'metrics', via: 'cli', on: 'box1' },
    { op: 'stop', via: 'cli', on: ['box1', '?nobody'] },
    { op: 'inspect', via: 'cli', on: 'box1' },
    { op: 'list', via: 'cli', all: true },
    { op: 'rm', via: 'cli', on: ['box1'], force: true },
    { op: 'inspect', via: 'cli', on: 'box1', by: 'name' },
  ],
  REST: [
    { op: 'run', via: 'rest', as: 'box1', name: 'a/b 50%', main: hold },
    { op: 'create', via: 'rest', as: 'box2', flaw: 'two-images' },
    { op: 'create', via: 'rest', as: 'box2', name: 'a/b 50%' },
    { op: 'inspect', via: 'rest', on: 'box1', by: 'prefix' },
    { op: 'exec', via: 'rest', on: 'box1', by: 'name', work: { do: 'cat' }, stdin: 'in\n' },
    { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
    { op: 'attach', as: 'att1', exec: 'exec1' },
    { op: 'send', attach: 'att1', data: '\0\x01\xff\r\n' },
    { op: 'control', attach: 'att1', frame: 'unknown' },
    { op: 'control', attach: 'att1', frame: 'eof' },
    { op: 'read', attach: 'att1' },
    { op: 'wait', exec: 'exec1' },
    { op: 'metrics', via: 'rest', on: 'box1' },
    { op: 'signal', exec: '?bogus', signal: 15 },
    { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f1', data: 'copied\n' },
    { op: 'copy-out', via: 'rest', on: 'box1', path: '/root/f1' },
    { op: 'foreground', via: 'rest', as: 'box3', main: print('out\n', 7) },
    { op: 'settle', via: 'rest', on: 'box3' },
    { op: 'list', via: 'rest', all: true },
    { op: 'rm', via: 'rest', on: ['box1'], force: true },
    { op: 'start', via: 'rest', on: ['box1'] },
  ],
  ...(python && {
    'the Python SDK': boxesBySdk,
    'executions of the Python SDK': executionsBySdk,
    'SDKs, and a server that ends': [
      { op: 'run', via: 'node-sdk', as: 'box1', main: hold },
      { op: 'inspect', via: 'sdk', on: 'box1' },
      { op: 'restart-server', how: 'interrupt' },
      { op: 'inspect', via: 'sdk', on: 'box1' },
    ],
  }),
  'snapshots with odd names': [
    { op: 'run', via: 'rest', as: 'box1' },
    ...['a=b', 'ü #', 'x\ty'].flatMap((snapshot): Step[] => [
      { op: 'snapshot', on: 'box1', snapshot },
      { op: 'snapshot-get', on: 'box1', snapshot },
    ]),
    { op: 'snapshot', on: 'box1', snapshot: 'a?b=c' },
    { op: 'snapshot-list', on: 'box1' },
  ],
  'the CLI with --url, and a server that ends': [
    { op: 'create', via: 'url', as: 'box1', name: 'alpha' },
    { op: 'run', via: 'url', as: 'box2' },
    { op: 'restart-server', how: 'interrupt' },
    { op: 'inspect', via: 'url', on: 'box2' },
    { op: 'exec', via: 'url', on: 'box2', work: print('still\n', 3), badWorkdir: true },
    { op: 'attach-main', as: 'att1', on: 'box1', by: 'name' },
    { op: 'detach', attach: 'att1', how: 'close' },
    { op: 'exec', via: 'url', on: 'box2', work: print('still\n', 3) },
  ],
};

test.each(Object.entries(programs))(
  'the script of a program over %s does what the program does',
  async (name, steps) => {
    const { status, stdout, stderr } = await runProgram(name.replaceAll(/\W/gu, ''), steps);
    expect(stdout, stderr).toMatch(/not reproduced$/u);
    expect(status).toBe(1);
  },
  // Some thirty processes one after the other: a guard against hanging on a machine that is shared.
  180_000,
);
