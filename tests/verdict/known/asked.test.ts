import { describe, expect, it } from 'vitest';
import { emptyWorld } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { holdsWhere, type Where, whereSchema } from '../../../verdict/known/where.ts';
import { reached } from '../../model/fixtures/play.ts';

const hold = { do: 'hold', out: '' } as const;
const made = { op: 'create', via: 'url', as: 'box1' } as const;
const exec = { op: 'exec', via: 'rest', on: 'box1', work: hold } as const;
const copy = { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f1', data: 'four' } as const;
const anonymous = (...at: string[]) => at.map((path) => ({ kind: 'anonymous', at: path }) as const);

const holds = (where: Where, step: Step): boolean => holdsWhere(whereSchema.parse(where), step, emptyWorld);

describe('how much a step asks for', () => {
  it.each<[Where['asks'], Step, boolean]>([
    [{ autoDeleteS: { least: 1 } }, { ...made, autoDeleteS: 90_000 }, true],
    [{ autoDeleteS: { least: 1 } }, { ...made, autoDeleteS: 0 }, false],
    [{ diskGb: { most: 0 } }, { ...made, diskGb: 0 }, true],
    [{ diskGb: { most: 0 } }, { ...made, diskGb: 20 }, false],
    [{ mounts: { least: 2 } }, { ...made, mounts: anonymous('/a', '/b') }, true],
    [{ mounts: { least: 2 } }, { ...made, mounts: anonymous('/a') }, false],
    [{ variables: { least: 3 } }, { ...made, env: [{ many: 2 }, { key: 'BC_A', value: '' }] }, true],
    [{ variables: { least: 3 } }, { ...made, env: [{ many: 2 }] }, false],
    [{ variableBytes: { least: 9 } }, { ...made, env: [{ key: 'BC_A', value: 'ab漢' }] }, true],
    [{ variableBytes: { least: 11 } }, { ...made, env: [{ key: 'BC_A', value: 'ab漢' }] }, false],
    [{ timeoutS: { least: 1, most: 1 } }, { ...exec, timeoutS: 1 }, true],
    [{ timeoutS: { least: 2 } }, { ...exec, timeoutS: 1 }, false],
    [{ bytes: { least: 4 } }, copy, true],
    [{ bytes: { least: 4 } }, { ...copy, data: { size: 5, pattern: 'lines' } }, true],
    [{ bytes: { least: 5 } }, copy, false],
    [{ cpus: { most: 4 }, memoryMib: { least: 512 } }, { ...made, cpus: 2, memoryMib: 512 }, true],
    [{ cpus: { most: 4 }, memoryMib: { least: 512 } }, { ...made, cpus: 5, memoryMib: 512 }, false],
  ])('%j is said of %j: %s', (asks, step, wanted) => {
    expect(holds({ asks }, step)).toBe(wanted);
  });

  it('lies within no bounds where it does not ask, and bytes are those of a file', () => {
    expect(holds({ asks: { diskGb: { most: 0 } } }, made)).toBe(false);
    expect(holds({ asks: { bytes: { least: 0 } } }, { op: 'send', attach: 'att1', data: 'x' })).toBe(false);
  });

  it('is what the box was asked for, where the step is about one', () => {
    const small = reached({ op: 'run', via: 'rest', as: 'box1', memoryMib: 512 });
    const asks = { memoryMib: { most: 512 } };
    expect(holdsWhere({ asks }, exec, small)).toBe(true);
    expect(holdsWhere({ asks }, exec, reached({ op: 'run', via: 'rest', as: 'box1' }))).toBe(false);
  });

  it('has a bound at least', () => {
    expect(whereSchema.safeParse({ asks: { cpus: {} } }).success).toBe(false);
  });
});

it('a command that leaves a child with its streams is told from one that does not', () => {
  expect(holds({ forks: true }, { ...exec, work: { ...hold, forks: true } })).toBe(true);
  expect(holds({ forks: true }, exec)).toBe(false);
  expect(holds({ forks: true }, made)).toBe(false);
  const forking: Step = { ...exec, work: { ...hold, forks: true } };
  expect(holds({ forks: true }, { ...forking, badWorkdir: true })).toBe(false);
  const down = reached(
    { op: 'run', via: 'rest', as: 'box1', autoResume: false },
    { op: 'stop', via: 'rest', on: ['box1'] },
  );
  expect(holdsWhere({ forks: true }, forking, down)).toBe(false);
});

it('a mistake that is found after the deadlines were looked at is none that comes before', () => {
  const asked = (more: object) =>
    holds({ mistaken: true }, { ...made, autoDeleteS: 90_000, ...more } as Step);
  const ports = [{ host: 1, box: 7_000 }];
  expect([asked({}), asked({ ports }), asked({ ports, outbound: 'disabled' })]).toEqual([
    false,
    false,
    false,
  ]);
  expect([asked({ cpus: 300 }), asked({ mounts: [{ kind: 'missing', at: '/mnt/a' }] })]).toEqual([
    true,
    true,
  ]);
});

describe('a value of a variable that is cut within a character', () => {
  const value = (text: string): Step => ({ ...made, env: [{ key: 'BC_A', value: text }] });

  it.each([
    ['漢字 🙂', true],
    ['abc🙂xy', true],
    ['abc🙂x', false],
    ['üüüüü', false],
    ['漢', false],
    ['plain', false],
    ['', false],
  ])('%j: %s', (text, wanted) => {
    expect(holds({ cutAt: { at: 4, beyond: 8 } }, value(text))).toBe(wanted);
  });

  it('is looked for in all variables, and there need be none', () => {
    const env = [{ many: 3 }, { key: 'BC_B', fill: '漢', times: 3 }];
    expect(holds({ cutAt: { at: 4, beyond: 8 } }, { ...made, env })).toBe(true);
    expect(holds({ cutAt: { at: 4, beyond: 8 } }, made)).toBe(false);
  });
});
