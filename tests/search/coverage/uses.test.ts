import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { table } from '../../../commands/index.ts';
import { type Step, surfaceSchema } from '../../../program/step.ts';
import { everyUse, usesOf, useText } from '../../../search/coverage/uses.ts';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { realRules } from '../fixtures/told.ts';

const programs = new ProgramArbitrary(realRules, { surfaces: new Set(surfaceSchema.options) });
const every = new Set(everyUse.map(useText));

const used = (step: object): Record<string, number> => Object.fromEntries(usesOf([step as Step]));

/** The words of a JSON schema, wherever they stand in it. */
function wordsIn(schema: unknown): unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { enum: words = [], const: word, ...rest } = schema as { enum?: unknown[]; const?: unknown };
  return [...words, ...(word === undefined ? [] : [word]), ...Object.values(rest).flatMap(wordsIn)];
}

describe('what programs use', () => {
  it.each(Object.entries(table))('has a row for each field and word of %s', (op, { schema }) => {
    const rows = everyUse.filter(({ field }) => field.startsWith(`${op}.`));
    const words = new Set(wordsIn(z.toJSONSchema(schema, { unrepresentable: 'any' })));
    words.delete(op);
    const kinds = new Set(rows.map(({ kind }) => kind));
    expect([...words].filter((one) => !kinds.has(one === '' ? '""' : String(one)))).toEqual([]);
    expect(every).toContain(`op: ${op}`);
  });

  it('is counted in a program as often as in its steps together', () => {
    fc.assert(
      fc.property(programs, ({ steps }) => {
        const sum = new Map<string, number>();
        for (const step of steps)
          for (const [text, times] of usesOf([step])) sum.set(text, (sum.get(text) ?? 0) + times);
        expect(usesOf(steps)).toEqual(sum);
      }),
      { numRuns: 10 },
    );
  });

  it('counts every field of every step that is given and no handle, and nothing that has no row', () => {
    const handles = /^(?:op|as|on|exec|attach)$/u;
    fc.assert(
      fc.property(programs, ({ steps }) => {
        for (const step of steps) {
          const texts = Object.keys(used(step));
          expect(texts.filter((text) => !every.has(text))).toEqual([]);
          expect(used(step)[`op: ${step.op}`]).toBe(1);
          for (const [key, value] of Object.entries(step))
            if (!handles.test(key) && value !== undefined)
              expect(texts.filter((text) => text.startsWith(`${step.op}.${key}`))).not.toEqual([]);
        }
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    [1, '1+'],
    [9, '1+'],
    [10, '10+'],
    [999_999, '100000+'],
    [1_000_000, '1000000+'],
  ])('puts a size of %i into %s', (bytes, kind) => {
    const work = { do: 'flood', bytes, code: 0 };
    expect(used({ op: 'exec', via: 'cli', on: 'box1', work })).toEqual({
      'op: exec': 1,
      'exec.via: cli': 1,
      'exec.env: none': 1,
      'exec.work: flood': 1,
      [`exec.work.flood.bytes: ${kind}`]: 1,
      'exec.work.flood.code: 0': 1,
    });
  });

  it('tells texts, lists and what each of a list is', () => {
    const run = { op: 'run', via: 'cli', as: 'box1', name: 'grüße', cpus: 17, autoResume: false };
    const mounts = [
      { kind: 'dir', host: 'h1', at: '/mnt/a', mode: 'ro' },
      { kind: 'anonymous', at: '/mnt/b' },
    ];
    const env = [{ key: 'BC_A', value: '' }, { many: 200 }];
    expect(used({ ...run, mounts, env })).toMatchObject({
      'run.name: beyond ASCII': 1,
      'run.cpus: 10+': 1,
      'run.autoResume: false': 1,
      'run.mounts: several': 1,
      'run.mounts: dir': 1,
      'run.mounts: anonymous': 1,
      'run.mounts.dir.mode: ro': 1,
      'run.env: several': 1,
      'run.env.key: ASCII': 1,
      'run.env.value: empty': 1,
      'run.env.many: 100+': 1,
    });
    expect(used({ op: 'signal', exec: 'exec1', signal: -1 })).toMatchObject({ 'signal.signal: below 0': 1 });
  });

  it('has no row for what a field cannot be', () => {
    for (const text of [
      'run.memoryMib: 0',
      'exec.work.read.path: empty',
      'exec.tty: false',
      'run.capAdd: none',
    ])
      expect(every).not.toContain(text);
    expect(everyUse.length).toBe(every.size);
  });
});
