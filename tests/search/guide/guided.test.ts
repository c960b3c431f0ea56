import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverBySearch } from '../../../bench/reach/search.ts';
import { rules } from '../../../quality/bench.ts';
import { walk } from '../../../search/belief.ts';
import { coverageTable } from '../../../search/coverage.ts';
import { keyText } from '../../../search/coverage-key.ts';
import { makeGuide } from '../../../search/guide/guide.ts';
import { ProgramArbitrary } from '../../../search/program-arbitrary.ts';
import { defaultSettings as settings } from '../../../search/settings.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);
const table = coverageTable();
const guide = makeGuide(rules, { surfaces, settings }, table);
const guided = () => new ProgramArbitrary(rules, { surfaces, guide });

describe('guided drawing', () => {
  it('draws programs whose every step is predictable in every world that may be', () => {
    fc.assert(
      fc.property(guided(), ({ steps }) => walk(rules, steps, 'every') !== null && steps.length > 0),
      { numRuns: 15 },
    );
  });

  it('depends on the seed and the table alone', () => {
    const draw = (of: fc.Arbitrary<unknown>) => JSON.stringify(fc.sample(of, { seed: 3, numRuns: 10 }));
    const other = makeGuide(rules, { surfaces, settings }, coverageTable());
    expect(draw(new ProgramArbitrary(rules, { surfaces, guide: other }))).toBe(draw(guided()));
    expect(draw(new ProgramArbitrary(rules, { surfaces }))).not.toBe(draw(guided()));
  });

  it('leaves alone what has been tried often', () => {
    const lists = () =>
      fc
        .sample(guided(), { seed: 4, numRuns: 15 })
        .flatMap(({ steps }) => steps)
        .filter(({ op }) => op === 'list').length;
    const before = lists();
    for (const via of surfaces) table.add(keyText({ op: 'list', via, all: true }, 'any', 'listed'), 1000);
    expect(lists()).toBeLessThan(before / 2);
  });

  it('covers more in the same time than chance does', async () => {
    const task = { seed: 2, minutes: 1, levels: [] } as const;
    const [led, blind] = [
      await coverBySearch({ ...task, guided: true }),
      await coverBySearch({ ...task, guided: false }),
    ];
    expect(led.cells.size).toBeGreaterThan(blind.cells.size * 1.5);
  });
});
