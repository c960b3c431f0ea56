import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramArbitrary } from '../../../search/generate/program-arbitrary.ts';
import { realRules, toldOf } from '../fixtures/told.ts';
import { witnesses } from '../fixtures/witnesses.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);
const programs = fc.sample(new ProgramArbitrary(realRules, { surfaces }), { seed: 11, numRuns: 1000 });
const told = programs.map(toldOf);

describe('drawing from the whole language', () => {
  it.each(witnesses)('has $what often enough', ({ share, shows }) => {
    expect(told.filter(shows).length / told.length).toBeGreaterThanOrEqual(share);
  });

  it('does not tell the same refusal again and again', () => {
    for (const one of told) {
      const refused = one
        .filter(({ label }) => label.startsWith('refused:'))
        .map(({ step, label, situation }) => [step.op, label, situation].join(' '));
      const most = Math.max(
        0,
        ...[...Map.groupBy(refused, (key) => key).values()].map((same) => same.length),
      );
      expect(most, JSON.stringify(one.map(({ step }) => step))).toBeLessThanOrEqual(9);
    }
  });
});
