import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../commands/index.ts';
import { workSchema } from '../../domain/work.ts';
import { newestProfile } from '../../model/profile.ts';
import { FORMAT, programSchema } from '../../program/program.ts';
import { stepSchema } from '../../program/step.ts';
import { ProgramArbitrary } from '../../search/generate/program-arbitrary.ts';
import { rulesOf } from '../../search/worlds/rules.ts';

const program = (...steps: unknown[]) => ({ format: FORMAT, contract: '0.10.7', steps });
const box1 = { op: 'create', via: 'cli', as: 'box1' };
const complaint = (value: unknown): string => {
  const result = programSchema.safeParse(value);
  return result.success
    ? 'none'
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
};

describe('programs as files', () => {
  it('are plain data: JSON and back is the same program', () => {
    const drawn = new ProgramArbitrary(rulesOf(verbs, newestProfile), {
      surfaces: new Set(['cli', 'url', 'rest'] as const),
    });
    fc.assert(
      fc.property(drawn, (made) => {
        expect(programSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
      }),
      { numRuns: 40 },
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown operation', program({ op: 'dance' }), /^steps\.0\.op: /],
    ['an unknown field', program({ op: 'list', via: 'cli', all: true, deep: 1 }), /^steps\.0: .*"deep"/],
    ['a missing field', program({ op: 'list', via: 'cli' }), /^steps\.0\.all: /],
    ['an unknown surface', program({ op: 'list', via: 'grpc', all: true }), /^steps\.0\.via: /],
    ['a real id as a handle', program({ op: 'inspect', via: 'cli', on: 'AbCdEf123456' }), /^steps\.0\.on: /],
    [
      'restart over REST, which has no such route',
      program({ op: 'restart', via: 'rest', on: ['box1'] }),
      /via/,
    ],
    ['no target at all', program({ op: 'stop', via: 'cli', on: [] }), /^steps\.0\.on: /],
    ['an unknown field of the file', { ...program(), extra: 1 }, /"extra"/],
    ['another format', { ...program(), format: FORMAT + 1 }, /^format: /],
    ['what is no release of a contract', { ...program(), contract: 'newest' }, /^contract: .*"0\.11\.0"/],
    [
      'a box that no step makes',
      program({ op: 'inspect', via: 'cli', on: 'box9' }),
      /^steps\.0\.on: no earlier step makes box9/,
    ],
    ['an execution that no step makes', program({ op: 'wait', exec: 'exec9' }), /^steps\.0\.exec: .*exec9/],
    ...['/etc', './x', '~', 'a:b'].map((name): [string, unknown, RegExp] => [
      `a path of the host as the name of a managed volume, ${name},`,
      program({ ...box1, mounts: [{ kind: 'managed', name, at: '/mnt/a' }] }),
      /^steps\.0\.mounts\.0\.name: .*managed/,
    ]),
    [
      'a volume over directories of the image',
      program({ ...box1, mounts: [{ kind: 'dir', host: 'h1', at: '/etc' }] }),
      /^steps\.0\.mounts\.0\.at: .*\/mnt/,
    ],
    [
      'more text than a command line carries',
      program({ ...box1, name: 'x'.repeat(40_000) }),
      /^steps\.0\.name: more than 32768/,
    ],
    [
      'a longer name than a file system takes',
      program({ op: 'host-write', host: 'h1', file: 'ü'.repeat(128), data: '' }),
      /^steps\.0\.file: .*too long/,
    ],
    [
      'an unknown workload',
      program({ op: 'exec', via: 'cli', on: 'box1', work: { do: 'sing' } }),
      /^steps\.0\.work\.do: /,
    ],
  ])('%s is an error that names it', (_, value, text) => {
    expect(complaint(value)).toMatch(text);
  });

  it.each(['box1', '?nobody', '?', '?two\nlines'])('a box may be written %j', (on) => {
    expect(stepSchema.safeParse({ op: 'inspect', via: 'cli', on }).success).toBe(true);
  });

  it.each([
    { do: 'print', out: '', err: '', code: 256 },
    { do: 'die', signal: 1 },
    { do: 'flood', bytes: 5_000_000, code: 0 },
    { do: 'gate', gate: 'x', out: '', after: '', code: 0 },
  ])('a workload has limits: %j', (work) => {
    expect(workSchema.safeParse(work).success).toBe(false);
  });
});
