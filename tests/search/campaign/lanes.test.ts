import { describe, expect, it } from 'vitest';
import type { History, RunProgram } from '../../../program/history.ts';
import type { Program } from '../../../program/program.ts';
import { type CampaignOptions, runCampaign } from '../../../search/campaign/campaign.ts';
import { failing } from '../fixtures/failing.ts';
import { type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { toyRuntime } from '../fixtures/toy-runtime.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const defects = toyDefects.slice(0, 1) as ToyDefect[];
const fine: Program = { format: 1, contract: '0.10.7', steps: [{ op: 'list', via: 'rest', all: false }] };
const turn = (): Promise<void> => new Promise(setImmediate);

/** A runtime on which the programs that run at once end in another order than they began. */
function uneven(run: RunProgram) {
  let active = 0;
  let begun = 0;
  const seen = { most: 0 };
  const slow: RunProgram = async (program, signal) => {
    seen.most = Math.max(seen.most, ++active);
    for (let turns = (7 * ++begun) % 5; turns > 0; turns--) await turn();
    active -= 1;
    return run(program, signal);
  };
  return { run: slow, seen };
}

async function campaign(lanes: number, changes: Partial<CampaignOptions> = {}) {
  const { run, seen } = uneven(changes.run ?? toyRuntime(defects));
  const programs: string[] = [];
  const result = await runCampaign({
    ...{
      seed: 4,
      rules: toyRules,
      surfaces: allSurfaces,
      programs: 20,
      shrinkBudget: { runs: 20, seconds: 60 },
    },
    ...{ onFinding: () => {}, signal: new AbortController().signal, ...changes, run, lanes },
    onProgram: ({ program }: History) => void programs.push(JSON.stringify(program)),
  });
  return { programs, seen, ...result, keys: result.findings.map(({ signature }) => signature.key) };
}

describe('a campaign with lanes', () => {
  it('runs the programs of its seed at once, and finds the same', async () => {
    const [one, three] = [await campaign(1), await campaign(3)];
    expect([one.seen.most, three.seen.most]).toEqual([1, 3]);
    expect(three.programs.toSorted()).toEqual(one.programs.toSorted());
    expect(one.keys.length).toBeGreaterThan(0);
    expect(three.keys.toSorted()).toEqual(one.keys.toSorted());
    expect(three.tally.totals()).toMatchObject({ programs: 20, failed: one.tally.totals().failed });
    expect(three.coverage.keys.size).toBeGreaterThan(0);
  });

  it('keeps what fails in one lane while a finding is investigated in another', async () => {
    const drawn = new Set((await campaign(1, { run: toyRuntime([]) })).programs);
    let found = 0;
    const foundAtVerdict: number[] = [];
    const toy = toyRuntime(toyDefects);
    const run: RunProgram = async (program, signal) => {
      // Every other run is for the sake of a finding: it takes until there is another one.
      const isDrawn = drawn.delete(JSON.stringify(program));
      while (!isDrawn && found < 2) await turn();
      return toy(program, signal);
    };
    await campaign(2, {
      run,
      onFinding: () => void found++,
      onUpdate: ({ verdict }) => void (verdict && foundAtVerdict.push(found)),
    });
    expect(foundAtVerdict.length).toBeGreaterThan(0);
    expect(Math.min(...foundAtVerdict)).toBeGreaterThanOrEqual(2);
  }, 20_000);

  it('has a lane for each finding left open at the end, and runs programs in those that none is left for', async () => {
    const failed = toyDefects.slice(0, 3).flatMap((defect) => failing(defect, 1, 5));
    const first = [...failed.map(({ program }) => program), ...Array.from({ length: 90 }, () => fine)];
    const given = new Set(first);
    const toy = toyRuntime(toyDefects);
    const active = { programs: 0, findings: 0 };
    const most = { before: 0, atEnd: 0, beside: 0 };
    let ms = 0;
    const run: RunProgram = async (program, signal) => {
      const kind = given.has(program) ? 'programs' : 'findings';
      active[kind]++;
      if (ms < 40_000) most.before = Math.max(most.before, active.findings);
      else most.atEnd = Math.max(most.atEnd, active.findings);
      if (ms >= 50_000 && active.findings > 0) most.beside = Math.max(most.beside, active.programs);
      for (let turns = 5; turns > 0; turns--) await turn();
      ms += 1000;
      active[kind]--;
      return toy(program, signal);
    };
    const { findings } = await campaign(3, {
      ...{ run, first, programs: 0, seconds: 100, findingShare: 0.5, clock: { now: () => ms } },
      shrinkBudget: { runs: 2, seconds: 20 },
    });
    expect(findings.length).toBe(3);
    expect(most).toMatchObject({ before: 1, atEnd: 3 });
    expect(most.beside).toBeGreaterThan(0);
  });

  it('ends at the finding after which it is to end, whatever runs beside', async () => {
    const { keys, stoppedBy, tally } = await campaign(3, { maxFindings: 1, programs: 400 });
    expect({ findings: keys.length, stoppedBy }).toEqual({ findings: 1, stoppedBy: 'findings' });
    expect(tally.totals().failed).toBe(1);
  });

  it('does not end at findings that earlier runs have seen', async () => {
    const { keys, stoppedBy } = await campaign(3, { maxFindings: 1, programs: 40, isNews: () => false });
    expect(keys.length).toBeGreaterThan(0);
    expect(stoppedBy).toBe('programs');
  });

  it('begins no program where its time is over while that is drawn', async () => {
    let ms = 0;
    const begunMs: number[] = [];
    // Every prediction takes a while, so that drawing does.
    const verbs = Object.fromEntries(
      Object.entries(toyRules.verbs).map(([op, verb]) => {
        const predict: typeof verb.predict = (...asked) => {
          ms += 1;
          return verb.predict(...asked);
        };
        return [op, { ...verb, predict }];
      }),
    );
    const run: RunProgram = (program, signal) => {
      begunMs.push(ms);
      return toyRuntime([])(program, signal);
    };
    const slow = { rules: { ...toyRules, verbs }, clock: { now: () => ms }, run, lanes: 3 };
    const { stoppedBy } = await runCampaign({
      ...slow,
      ...{ seed: 4, surfaces: allSurfaces, programs: 60, seconds: 2 },
      ...{ onFinding: () => {}, signal: new AbortController().signal },
    });
    expect(stoppedBy).toBe('seconds');
    expect(begunMs.length).toBeGreaterThan(0);
    expect(Math.max(...begunMs)).toBeLessThan(2000);
  });

  it('begins nothing once its time is over, and lets end what is being run', async () => {
    let ms = 0;
    const ended: boolean[] = [];
    const run = toyRuntime([], () => {
      ms += 1000;
      return null;
    });
    const noting: RunProgram = async (program, signal) => {
      const history = await run(program, signal);
      ended.push(signal.aborted);
      return history;
    };
    const { stoppedBy, programs } = await campaign(3, {
      ...{ run: noting, clock: { now: () => ms }, seconds: 7, programs: 100 },
    });
    expect(stoppedBy).toBe('seconds');
    expect(programs.length).toBeGreaterThanOrEqual(7);
    expect(programs.length).toBeLessThanOrEqual(9);
    expect(ended).not.toContain(true);
  });
});
