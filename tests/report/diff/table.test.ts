import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import {
  type DiffLine,
  type DiffRecord,
  type DiffSide,
  diffLines,
  resultOf,
} from '../../../report/diff/record.ts';
import { classes, type DifferenceClass, isOpen } from '../../../verdict/diff.ts';
import { environment } from '../fixtures/records.ts';

const side = (label: string): DiffSide => ({ label, environment, programs: 2, spoilt: 0 });
const sides: [DiffSide, DiffSide] = [side('reference'), side('lab@0.10.7')];
const about = 'reference BoxLite 0.10.7 | lab@0.10.7 BoxLite 0.10.7, seed 5';

const group = (is: DifferenceClass, what = 'code'): DiffLine => {
  const place = { class: is, op: 'rm', via: 'rest', situation: 'job/running', what };
  const difference = { ...place, at: 3, seen: ['done', 'refused'] as const };
  return {
    ...place,
    file: 'programs/001-contradiction-rm-rest.json',
    count: 4,
    programs: 2,
    example: { program: 'seed 9', steps: 5, difference },
  };
};

const recordOf = (rest: Partial<DiffRecord> = {}): DiffRecord => ({
  format: 1,
  use: 'diff',
  about,
  seed: 5,
  sides,
  startedAt: '2026-11-23T01:02:03.000Z',
  totalMs: 61_000,
  ended: 'complete',
  totals: { programs: 2, compared: 2, steps: 9, agreed: 5, unpaired: 1, differences: {} },
  groups: [],
  notCompared: [],
  warnings: [],
  ...rest,
});
const linesOf = (record: DiffRecord, strict = false): string[] =>
  diffLines(record, 'place', strict).map(stripVTControlCharacters);

test.each(classes)('%s: the exit code and the last line agree on whether it is open', (is) => {
  const record = recordOf({ groups: [group(is)] });
  const open = isOpen(is);
  expect(resultOf(record, false).code).toBe(open ? 1 : 0);
  expect(linesOf(record).at(-1)).toContain(open ? 'DISAGREE: 1 kind of open' : 'no open disagreement');
});

test('strict: what one outcome leaves open counts too', () => {
  const record = recordOf({ groups: [group('within')] });
  expect(resultOf(record, true).code).toBe(1);
  expect(linesOf(record, true).at(-1)).toContain('DISAGREE');
});

test.each<[Partial<DiffRecord>, number, string]>([
  [{ totals: { ...recordOf().totals, compared: 0 } }, 3, 'NOTHING COMPARED'],
  [{ ended: 'infrastructure' }, 3, 'ENDED EARLY'],
  [{ ended: 'infrastructure', groups: [group('contradiction')] }, 1, 'DISAGREE'],
  [{ ended: 'interrupted', groups: [group('contradiction')] }, 130, 'INTERRUPTED, 1 kind'],
  [{ ended: 'deadline' }, 0, 'no open disagreement'],
])('an end that is none: %j', (rest, code, word) => {
  expect(resultOf(recordOf(rest), false).code).toBe(code);
  expect(linesOf(recordOf(rest)).at(-1)).toContain(word);
});

test('a kind of difference tells its count, place, example, both answers and what it is about', () => {
  const lines = linesOf(recordOf({ groups: [group('contradiction')] }));
  expect(lines.slice(0, 5)).toEqual([
    'OPEN: one side contradicts the contract (0 steps)',
    `  4×  rm via rest in job/running: code  [${about}]`,
    '      2 programs, such as programs/001-contradiction-rm-rest.json (seed 9, step 4)',
    '      reference: done',
    '      lab@0.10.7: refused',
  ]);
});

test('every line that states a result names both targets, versions and the seed', () => {
  const many = Array.from({ length: 30 }, (_, i) => group('wording', `text ${i}`));
  const record = recordOf({ groups: many, notCompared: [{ program: 'p', why: 'lost' }] });
  const stating = linesOf(record).filter((line) =>
    /×|not compared|compared in|^diff:|more kinds/u.test(line),
  );
  expect(stating).toHaveLength(12 + 4);
  for (const line of stating) {
    expect(line).toContain('[reference BoxLite 0.10.7 | lab@0.10.7 BoxLite 0.10.7, seed 5]');
  }
});

test('worst comes first, whatever the order of the record', () => {
  const lines = linesOf(recordOf({ groups: [group('wording'), group('known'), group('contradiction')] }));
  const at = (text: string): number => lines.findIndex((line) => line.startsWith(text));
  expect(at('OPEN')).toBeLessThan(at('known'));
  expect(at('known')).toBeLessThan(at('wording'));
});

test('runs that the machine spoilt, and a side that ended early, are told', () => {
  const [a, b] = sides;
  const lines = linesOf(
    recordOf({
      sides: [
        { ...a, spoilt: 2 },
        { ...b, endedEarly: 'lost' },
      ],
    }),
  );
  expect(lines).toContain(
    'reference BoxLite 0.10.7: 2 runs spoilt by the machine, run again, never compared',
  );
  expect(lines).toContain('lab@0.10.7 BoxLite 0.10.7: ended early: lost');
});
