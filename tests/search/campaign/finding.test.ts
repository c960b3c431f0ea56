import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../program/failure.ts';
import type { RunProgram } from '../../../program/history.ts';
import type { CampaignOptions } from '../../../search/campaign/campaign.ts';
import { runCampaign } from '../../../search/campaign/campaign.ts';
import { LostMachineError } from '../../../search/investigate/steady-runner.ts';
import { leak, leakingProgram as program } from '../fixtures/failure.ts';
import { historyOf } from '../fixtures/toy-runtime.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const failure = (detail: string) => leak(2, detail);

/** A campaign of one given program whose runs end as told, by their number; what is drawn besides always passes. */
function campaign(endingOf: (run: number) => Failure | null, changes: Partial<CampaignOptions> = {}) {
  let runs = 0;
  const run: RunProgram = async (asked) => {
    const ending = asked.seed === undefined ? endingOf(runs++) : null;
    return historyOf(asked, ending ? { is: 'failed', failure: ending } : { is: 'passed' });
  };
  return runCampaign({
    seed: 1,
    rules: toyRules,
    surfaces: allSurfaces,
    run,
    programs: 1,
    first: [program],
    onFinding: () => {},
    signal: new AbortController().signal,
    ...changes,
  });
}

describe('looking into a finding', () => {
  it('makes a finding of another failure that its runs show, of the program that showed it', async () => {
    const [port, process] = [failure('port is open'), failure('process is left')];
    const totals = await campaign((run) => (run === 1 ? process : port), { reruns: { confirm: 1 } });
    expect(totals.findings.map(({ first }) => first.ending.failure)).toEqual([port, process]);
    // Only programs count: the other failure was met in a shorter one.
    expect(totals.findings.map(({ times }) => times)).toEqual([1, 0]);
    expect(totals.findings[1]?.first.program.steps.length).toBeLessThan(program.steps.length);
    expect(totals.findings[1]?.first.program.note).toBe(program.note);
  });

  it('makes one of two that show the same once they are shorter, and counts both programs', async () => {
    // Less is left behind where less is going on: what is shown in the end is part of what was found.
    const [both, one] = [failure('port is open; process is left'), failure('port is open')];
    const merged: string[][] = [];
    const onMerged: CampaignOptions['onMerged'] = (finding, into) =>
      void merged.push([finding.signature.complaint, into.signature.complaint]);
    let drawn = 0;
    const first = [program, program, program];
    const run: RunProgram = async (asked) => {
      const isWhole = asked.steps.length === program.steps.length;
      if (asked === program) drawn++;
      const shown = drawn === 1 && isWhole ? one : isWhole ? both : one;
      return historyOf(asked, asked.seed === undefined ? { is: 'failed', failure: shown } : { is: 'passed' });
    };
    const { findings } = await campaign(() => null, { run, first, onMerged });
    expect(merged).toEqual([['port is open / process is left', 'port is open']]);
    expect(findings).toMatchObject([{ times: 3, signature: { complaint: 'port is open' } }]);
  });

  it('is given up without a word when the caller ends the campaign in the middle of it', async () => {
    const controller = new AbortController();
    const aborting = (run: number): Failure => {
      if (run === 0) return failure('x');
      controller.abort();
      throw new Error('aborted');
    };
    const totals = await campaign(aborting, { signal: controller.signal });
    expect(totals.stoppedBy).toBe('caller');
    expect(totals.tally.totals()).toMatchObject({ programs: 0, corpus: 1 });
    expect(totals.findings).toMatchObject([{ verdict: null, shrunk: null }]);
  });

  it('does not hide what broke in the middle of it', async () => {
    const breaking = (run: number): Failure => {
      if (run === 0) return failure('x');
      throw new Error('no space left');
    };
    await expect(campaign(breaking)).rejects.toThrow('no space left');
  });

  it('ends with the machine, whatever the caller says meanwhile', async () => {
    const controller = new AbortController();
    const losing = (run: number): Failure => {
      if (run === 0) return failure('x');
      controller.abort();
      throw new LostMachineError('gone');
    };
    expect(await campaign(losing, { signal: controller.signal })).toMatchObject({
      stoppedBy: 'infrastructure',
    });
  });

  it('has the time that is left of the campaign', async () => {
    const runsAfter = async (spentMs: number, seconds?: number): Promise<number | undefined> => {
      let ms = 1e9;
      const onFinding = (): void => {
        ms += spentMs;
      };
      const clock = { now: () => ms };
      const time = seconds === undefined ? {} : { seconds };
      const { findings } = await campaign(() => failure('x'), { clock, onFinding, findingShare: 1, ...time });
      return findings[0]?.shrunk?.runs;
    };
    expect(await runsAfter(50_000)).toBeGreaterThan(0);
    expect(await runsAfter(50_000, 100)).toBeGreaterThan(0);
    // Not even a re-run is begun: it is left open.
    expect(await runsAfter(100_000, 100)).toBeUndefined();
    expect(await runsAfter(150_000, 100)).toBeUndefined();
  });
});
