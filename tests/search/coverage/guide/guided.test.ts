import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { coverageOf } from '../../../../bench/coverage/campaign.ts';
import { rules } from '../../../../bench/harness/reference.ts';
import { runCampaign } from '../../../../search/campaign/campaign.ts';
import { coverageTable } from '../../../../search/coverage/coverage.ts';
import { makeGuide, prepareGuide } from '../../../../search/coverage/guide/guide.ts';
import { ProgramArbitrary, programOfSeed } from '../../../../search/generate/program-arbitrary.ts';
import { defaultSettings as settings } from '../../../../search/generate/settings.ts';
import { trajectoryOf } from '../../../../search/worlds/possible-worlds.ts';

const surfaces = new Set(['cli', 'url', 'rest'] as const);
const guide = makeGuide(rules, { surfaces, settings }, coverageTable());
const guided = () => new ProgramArbitrary(rules, { surfaces, guide });

describe('guided drawing', () => {
  it('is prepared in turns: whatever else happens is heard meanwhile, and the end of the campaign too', async () => {
    const fresh = { ...rules };
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await prepareGuide(fresh, { surfaces, settings }, () => turns === 3);
    clearInterval(timer);
    expect(turns).toBe(3);
  });

  it('is not made at once by a campaign whose time is over before it is ready: nothing is drawn any more', async () => {
    let ms = 0;
    let asked = 0;
    const situation: typeof rules.situation = (...about) => {
      ms = 1000;
      asked += 1;
      return rules.situation(...about);
    };
    const run = vi.fn();
    const ended = await runCampaign({
      ...{ seed: 1, rules: { ...rules, situation }, surfaces, run, guided: true, seconds: 1 },
      ...{ clock: { now: () => ms }, onFinding: () => {}, signal: new AbortController().signal },
    });
    expect(ended.stoppedBy).toBe('seconds');
    expect(run).not.toHaveBeenCalled();
    expect(asked).toBeLessThan(5000);
  });

  it('tells no seed, which would draw another program elsewhere; drawing by chance tells the one that draws it', () => {
    const of = (guided: boolean) =>
      programOfSeed(rules, { surfaces, settings, seed: 7, ...(guided && { guide }) });
    expect(of(true).seed).toBeUndefined();
    expect(of(false)).toEqual(programOfSeed(rules, { surfaces, settings, seed: of(false).seed ?? 0 }));
  });

  it('draws programs whose every step is predictable in every world that may be', () => {
    fc.assert(
      fc.property(guided(), ({ steps }) => trajectoryOf(rules, steps, 'every') !== null && steps.length > 0),
      { numRuns: 15 },
    );
  });

  it('depends on the seed and the table alone', () => {
    const draw = (of: fc.Arbitrary<unknown>) => JSON.stringify(fc.sample(of, { seed: 3, numRuns: 10 }));
    const other = makeGuide(rules, { surfaces, settings }, coverageTable());
    expect(draw(new ProgramArbitrary(rules, { surfaces, guide: other }))).toBe(draw(guided()));
    expect(draw(new ProgramArbitrary(rules, { surfaces }))).not.toBe(draw(guided()));
  });

  it('goes for what was never tried', () => {
    const all = coverageTable();
    for (const goal of guide.graph.goals.keys()) {
      const [op = '', via, situation, answer] = goal.split(' | ');
      if (op === 'list') continue;
      all.add([op, via, situation, answer === 'refused' ? 'refused:x' : 'done'].join(' | '), 1000);
    }
    const led = new ProgramArbitrary(rules, {
      surfaces,
      guide: makeGuide(rules, { surfaces, settings }, all),
      settings: { ...settings, guided: 1 },
    });
    for (const { steps } of fc.sample(led, { seed: 4, numRuns: 5 })) {
      const lists = steps.flatMap((step) => (step.op === 'list' ? step.via : []));
      expect([...new Set(lists)].sort()).toEqual(['cli', 'rest', 'url']);
    }
  });

  it('covers more in the same time than chance does', async () => {
    const covered = async (guided: number): Promise<number> => {
      let goals = 0;
      for (const seed of [1, 2]) goals += (await coverageOf({ seed, minutes: 10, guided })).goals.length;
      return goals;
    };
    expect(await covered(1)).toBeGreaterThan((await covered(0)) * 1.5);
  });
});
