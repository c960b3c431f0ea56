import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../commands/index.ts';
import { FileError } from '../../files/json.ts';
import { newestProfile } from '../../model/profile.ts';
import { parseProgram, readProgram } from '../../program/program-file.ts';
import { ProgramArbitrary } from '../../search/generate/program-arbitrary.ts';
import { rulesOf } from '../../search/worlds/rules.ts';
import { allSurfaces, toyRules } from '../search/fixtures/toy-verbs.ts';

const parse = (value: unknown) => parseProgram('corpus/a.json', JSON.stringify(value));
const complaintOf = (value: unknown): string => {
  try {
    parse(value);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};
type Way = readonly string[];
/** The ways to all fields of a value, and of what is in them. */
const fieldsOf = (value: unknown, way: Way = []): Way[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => [[...way, key], ...fieldsOf(each, [...way, key])])
    : [];
/** The value with another at one of these. */
function replaced(value: unknown, [key, ...way]: Way, other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], way, other));
  const { [key]: inner, ...rest } = value as Record<string, unknown>;
  return { ...rest, [key]: replaced(inner, way, other) };
}
const program = { format: 1, contract: '0.10.7', steps: [{ op: 'list', via: 'cli', all: true }] };

describe('reading programs', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(new ProgramArbitrary(toyRules, { surfaces: allSurfaces, seed: 5 }), (drawn) => {
        expect(parse(drawn)).toEqual(drawn);
      }),
    );
  });

  it.each([
    [
      { ...program, format: 7 },
      /a\.json: format 7 is not known, this boxcheck reads format 1; a newer boxcheck/u,
    ],
    [{ ...program, format: undefined }, /has no "format"/u],
    [{ ...program, format: '1' }, /format "1" is not known/u],
    [{ ...program, format: '7' }, /reads format 1$/u],
    [{ ...program, format: 0 }, /format 0 is not known, this boxcheck reads format 1$/u],
    [{ ...program, steps: [{ on: 'box1' }] }, /step 1 \(no op\): unknown op/u],
    [{ ...program, steps: [7] }, /step 1 \(no op\)/u],
    [{ ...program, steps: 7 }, /^corpus\/a\.json: steps: /u],
    [null, /not a program: an object with format/u],
    [
      { ...program, steps: [program.steps[0], { op: 'dance' }] },
      /step 2 \(dance\): unknown op, one of run, foreground/u,
    ],
    [{ ...program, steps: [{ ...program.steps[0], fast: true }] }, /step 1 \(list\).*fast/u],
    [{ ...program, steps: [{ op: 'list', via: 'cli' }] }, /step 1 \(list\), field all/u],
    [{ ...program, colour: 'red' }, /colour/u],
    [[], /not a program/u],
  ])('names what is wrong with %j', (value, message) => {
    expect(() => parse(value)).toThrow(message);
  });

  it.each([
    [{ op: 'run', via: 'cli', as: 'box1' }, /step 2 \(run\), field as: an earlier step makes box1 already/u],
    [{ op: 'read', attach: 'att1' }, /step 2 \(read\), field attach: no earlier step makes att1/u],
    [
      { op: 'stop', via: 'rest', on: ['box1', 'box2'] },
      /step 2 \(stop\), field on: only the command line takes several boxes/u,
    ],
    [{ op: 'run', via: 'cli', as: 'box2', name: '-x' }, /step 2 \(run\), field name: .*begins with "-"/u],
    [{ op: 'run', via: 'rest', as: 'box2', name: 'a\0b' }, /step 2 \(run\), field name: .*NUL/u],
    [{ op: 'inspect', via: 'cli', on: '?-a' }, /step 2 \(inspect\), field on: .*without "-" in front/u],
    [{ op: 'wait', exec: '?\0' }, /step 2 \(wait\), field exec: .*without NUL/u],
    [{ op: 'host-read', host: 'h1', file: '../marker' }, /step 2 \(host-read\), field file: .*"\.\."/u],
    [{ op: 'host-read', host: 'h1', file: '/etc/hosts' }, /step 2 \(host-read\), field file: /u],
    [{ op: 'copy-out', via: 'cli', on: 'box1', path: 'root/f1' }, /step 2 \(copy-out\), field path: /u],
    [{ op: 'copy-in', via: 'cli', on: 'box1', path: '/f', data: '€' }, /field data: bytes are written as/u],
    [
      { op: 'run', via: 'cli', as: 'box2', mounts: [{ kind: 'dir', host: 'h1', at: '/mnt:/a' }] },
      /step 2 \(run\), field mounts\.0\.at: .*no ":"/u,
    ],
    [
      { op: 'exec', via: 'cli', on: 'box1', work: { do: 'write', path: '/tmp/../f', data: '' } },
      /step 2 \(exec\), field work\.path: .*no "\.\."/u,
    ],
    [
      { op: 'exec', via: 'cli', on: 'box1', work: { do: 'args', args: ['\ud800'] } },
      /step 2 \(exec\), field work\.args\.0: .*half a character/u,
    ],
  ])('names the step and the field of what cannot be done: %j', (step, message) => {
    const steps = [{ op: 'run', via: 'cli', as: 'box1' }, step];
    expect(() => parse({ ...program, steps })).toThrow(message);
  });

  const pwd = { op: 'exec', via: 'cli', on: 'box1', work: { do: 'pwd' } };
  it.each([
    [
      { op: 'copy-in', via: 'cli', on: 'box1', path: '/f', data: { size: 5 } },
      /field data\.pattern: .*"lines"/u,
    ],
    [
      { op: 'copy-in', via: 'cli', on: 'box1', path: '/f', data: 5 },
      /field data: expected string.*or expected object/u,
    ],
    [
      { ...pwd, work: { do: 'write', path: '/f', data: { pattern: 'line' } } },
      /field work\.data\.size: .*number/u,
    ],
    [
      { ...pwd, work: { do: 'hold', out: '', onTerm: 'x' } },
      /field work\.onTerm: expected number.*or .*"ignored"/u,
    ],
    [{ ...pwd, work: { do: 'args', args: [{ size: 5 }] } }, /field work\.args\.0\.pattern: /u],
    [{ ...pwd, work: { do: 'sing' } }, /field work\.do: .*'print'/u],
    [{ ...pwd, env: [{ key: 'BC_A' }] }, /field env\.0: value: expected string.*or fill: .*, times: /u],
    [{ ...pwd, env: [{ many: 'x' }] }, /field env\.0\.many: .*number/u],
    [{ ...pwd, env: [{}] }, /field env\.0: key: .*; or many: expected number/u],
    [{ op: 'run', via: 'cli', as: 'box2', mounts: [{ kind: 'x' }] }, /field mounts\.0\.kind: .*'managed'/u],
  ])('names what one of several things lacks: %j', (step, message) => {
    const steps = [{ op: 'run', via: 'cli', as: 'box1' }, step];
    expect(() => parse({ ...program, steps })).toThrow(message);
  });

  it('says of no field of a drawn step merely that it is invalid, whatever stands there instead', () => {
    const drawn = new ProgramArbitrary(rulesOf(verbs, newestProfile), {
      surfaces: new Set(['cli', 'rest'] as const),
    });
    const others = fc.constantFrom<unknown>(undefined, null, 7, -1, '\0', [], {}, [{}], [7], { size: 5 });
    const changes = fc.array(fc.tuple(fc.nat(), others), { minLength: 50, size: 'max', maxLength: 50 });
    fc.assert(
      fc.property(drawn, changes, ({ steps, ...file }, all) => {
        const ways = fieldsOf(steps);
        for (const [at, other] of all) {
          const changed = replaced(steps, ways[at % ways.length] ?? [], other);
          expect(complaintOf({ ...file, steps: changed })).not.toMatch(/Invalid input(;|$)/u);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('names the file that is missing or no JSON', async () => {
    await expect(readProgram('no/such/program.json')).rejects.toThrow(
      /no\/such\/program\.json: no such file/u,
    );
    expect(() => parseProgram('a.json', '{')).toThrow(/a\.json: not JSON/u);
  });

  it('throws the error of a wrong file', () => {
    expect(() => parse(7)).toThrow(FileError);
    expect(new FileError('x').name).toBe('FileError');
  });

  it('names the field of a step, down to the part of it', () => {
    const exec = { op: 'exec', via: 'cli', on: 'box1', work: { do: 'print', out: 1, err: '', code: 0 } };
    expect(() => parse({ ...program, steps: [exec] })).toThrow(/step 1 \(exec\), field work\.out: /u);
    expect(() => parse({ ...program, steps: [{ op: 'list', via: 'cli', all: true, x: 1 }] })).toThrow(
      /step 1 \(list\): [^,]*x/u,
    );
    expect(() => parse({ ...program, colour: 'red' })).toThrow(/^corpus\/a\.json: program: .*colour/u);
  });
});
