import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../bench/coverage/campaign.ts';
import { rules } from '../../bench/harness/reference.ts';
import type { Failure } from '../../program/failure.ts';
import type { Surface } from '../../program/step.ts';
import { type CoverageTable, coverageTable } from '../../search/coverage/coverage.ts';
import { type Guide, makeGuide } from '../../search/coverage/guide/guide.ts';
import { ProgramArbitrary } from '../../search/generate/program-arbitrary.ts';
import { defaultSettings as settings } from '../../search/generate/settings.ts';
import { candidates } from '../../search/shrink/candidates.ts';
import { freshContext } from '../../search/shrink/context.ts';

/*
 * What a seed means: whoever gates merges by fixed seeds, or is told "seed 4711", must get the same programs from
 * the next version, unless drawing was changed on purpose: then the digest received is the new one, and the commit
 * says that seeds mean other programs from here on.
 */
const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

const everything: readonly Surface[] = ['cli', 'url', 'rest'];

const drawn = (surfaces: readonly Surface[], numRuns: number) =>
  fc.sample(new ProgramArbitrary(rules, { surfaces: new Set(surfaces) }), { seed: 1, numRuns });

/** All programs are led by what the table lacks. */
const led = { surfaces: new Set(everything), settings: { ...settings, guided: 1 } };
const guideBy = (table: CoverageTable) => makeGuide(rules, led, table);
const ledBy = (guide: Guide) => new ProgramArbitrary(rules, { ...led, guide });

describe('a seed means the same programs as before', () => {
  it.each([
    { surfaces: everything, programs: 40, are: '84df134e842f' },
    { surfaces: ['cli'] as const, programs: 10, are: '24c80d4a7beb' },
    { surfaces: ['rest'] as const, programs: 10, are: '1bccc35a4e5b' },
  ])('drawn by chance for $surfaces', ({ surfaces, programs, are }) => {
    expect(digest(drawn(surfaces, programs))).toBe(are);
  });

  it('drawn for each theme', () => {
    const programs = settings.themes.map((theme) => {
      const alone = { ...settings, themes: [theme], scopes: { all: 0, theme: 1, swarm: 0 } };
      const arbitrary = new ProgramArbitrary(rules, { surfaces: new Set(everything), settings: alone });
      return fc.sample(arbitrary, { seed: 1, numRuns: 5 });
    });
    expect(digest(programs)).toBe('b725a8da71cf');
  });

  it('led by an empty table', () => {
    const programs = ledBy(guideBy(coverageTable()));
    expect(digest(fc.sample(programs, { seed: 1, numRuns: 8 }))).toBe('ba13938d366b');
  });

  it('led by a table that is full but for one verb', () => {
    const table = coverageTable();
    const guide = guideBy(table);
    for (const goal of guide.graph.goals.keys()) {
      const [op = '', via, situation, answer] = goal.split(' | ');
      const label = answer === 'refused' ? 'refused:x' : 'done';
      if (op !== 'resize') table.add([op, via, situation, label].join(' | '), 3);
    }
    expect(digest(fc.sample(ledBy(guide), { seed: 5, numRuns: 12 }))).toBe('0df60352fffb');
  });

  it('led by what a campaign covers on its way', async () => {
    const { goals, commands, boots } = await coverageOf({ seed: 2, minutes: 1, guided: 1 });
    expect(digest([[...goals], commands, boots])).toBe('8f6f289952ca');
  });

  it('made simpler in the same way, whatever still fails', () => {
    const tried = drawn(everything, 12).map(({ steps }, i) => {
      const at = Math.floor(steps.length * 0.8);
      const step = steps[at];
      const failure: Failure | null =
        i % 3 === 0 || !step
          ? null
          : { kind: 'oracle', oracle: 'views-disagree', at, step, detail: 'x', situation: 'y' };
      return [...candidates(rules, steps, failure, freshContext()).take(60)].map((one) => one.steps);
    });
    expect(digest(tried)).toBe('fde1e4814f5f');
  });
});
