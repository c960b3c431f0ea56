import { describe, expect, it } from 'vitest';
import type { FailedHistory } from '../../../program/history.ts';
import { type CampaignOptions, runCampaign } from '../../../search/campaign/campaign.ts';
import { isOpen, newFindings } from '../../../search/investigate/findings.ts';
import { failing } from '../fixtures/failing.ts';
import { type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { historyOf, toyRuntime } from '../fixtures/toy-runtime.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const { signal } = new AbortController();
const defects = toyDefects.slice(0, 1) as ToyDefect[];
const found = toyDefects.slice(0, 3).map((defect): FailedHistory => {
  const [one] = failing(defect, 1, 5);
  if (!one) throw new Error('no failing program was drawn');
  return historyOf(one.program, { is: 'failed', failure: one.failure }) as FailedHistory;
});

/** A campaign of which each run takes a second. */
function campaign(changes: Partial<CampaignOptions>) {
  let ms = 0;
  const run = toyRuntime(defects, () => {
    ms += 1000;
    return null;
  });
  return runCampaign({
    ...{ seed: 1, rules: toyRules, surfaces: allSurfaces, run, signal },
    ...{ first: [found[0]?.program ?? []].flat(), clock: { now: () => ms }, onFinding: () => {} },
    ...changes,
  });
}

describe('a share of the time for a finding', () => {
  it('is all that is spent on it, and the rest is for programs', async () => {
    const { findings, tally, stoppedBy } = await campaign({ seconds: 60, findingShare: 0.1 });
    expect(stoppedBy).toBe('seconds');
    expect(findings[0]?.spentMs).toBe(6000);
    expect(findings.every(({ spentMs }) => spentMs <= 6000)).toBe(true);
    expect(findings.some(isOpen)).toBe(true);
    expect(tally.totals().programs).toBeGreaterThan(20);
  });

  it('is kept for the end where a look at it was shorter', async () => {
    const shrinkBudget = { runs: 4, seconds: 10 };
    const { findings, elapsedMs } = await campaign({ seconds: 100, findingShare: 0.5, shrinkBudget });
    expect(findings[0]?.smallest).not.toBe(findings[0]?.first);
    // Some candidates and eight re-runs, twice.
    expect(findings[0]?.spentMs).toBeGreaterThanOrEqual(18_000);
    expect(elapsedMs).toBe(100_000);
  });

  it('is of no use without one: findings are only kept', async () => {
    const { findings } = await campaign({ programs: 5, findingShare: 0 });
    expect(findings[0]).toMatchObject({ verdict: null, spentMs: 0 });
  });
});

it('what was left open is gone on with once: what is new first, then what boots the fewest boxes', async () => {
  const begun: number[] = [];
  let may = false;
  const boxes = [3, 2, 5];
  const histories = found.map((one, i) => ({ ...one, boxes: boxes[i] ?? 0 }));
  const isNews = ({ first }: { first: FailedHistory }): boolean => first.boxes === 5;
  const findings = newFindings({
    ...{ rules: toyRules, signal, takeOthers: false, isNews, onFinding: () => {} },
    budget: { mayInvestigate: () => may, shrink: () => ({ runs: 1, seconds: 60 }) },
    run: async (program) => historyOf(program, { is: 'passed' }),
    onUpdate: ({ first }) => void begun.push(first.boxes),
  });
  for (const history of histories) await findings.take(history);
  expect([findings.open(), begun]).toEqual([3, []]);
  may = true;
  for (let next = findings.next(true); next; next = findings.next(true)) await findings.investigate(next);
  expect(begun).toEqual([5, 2, 3]);
  expect(findings.open()).toBe(0);
});
