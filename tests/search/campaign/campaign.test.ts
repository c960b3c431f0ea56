import { describe, expect, it } from 'vitest';
import type { RunProgram } from '../../../program/history.ts';
import type { Program } from '../../../program/program.ts';
import { type CampaignOptions, type Finding, runCampaign } from '../../../search/campaign/campaign.ts';
import { programSeed } from '../../../search/generate/seed.ts';
import { type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { toyRuntime } from '../fixtures/toy-runtime.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const defects = toyDefects.slice(0, 1) as ToyDefect[];

const options = (changes: Partial<CampaignOptions> = {}): CampaignOptions => ({
  seed: 1,
  rules: toyRules,
  surfaces: allSurfaces,
  run: toyRuntime([]),
  programs: 60,
  onFinding: () => {},
  recover: async () => {},
  signal: new AbortController().signal,
  ...changes,
});

/** A runtime that notes what it was asked to run. */
function watched(run: RunProgram): { run: RunProgram; programs: Program[] } {
  const programs: Program[] = [];
  return {
    programs,
    run: (program, signal) => {
      programs.push(program);
      return run(program, signal);
    },
  };
}

describe('a campaign', () => {
  it('counts what it ran when nothing is wrong', async () => {
    const totals = await runCampaign(options());
    expect(totals).toMatchObject({
      programs: 60,
      skipped: 0,
      cutShort: 0,
      infrastructure: 0,
      extraRuns: 0,
      findings: [],
    });
    expect(totals).toMatchObject({ stoppedBy: 'programs' });
    expect(totals.steps).toBeGreaterThan(300);
    expect(totals.coverage.keys.size).toBeGreaterThan(50);
  });

  it('runs the same programs for the same seed, each with a seed of its own', async () => {
    const [a, b, c] = [watched(toyRuntime([])), watched(toyRuntime([])), watched(toyRuntime([]))];
    await runCampaign(options({ run: a.run }));
    await runCampaign(options({ run: b.run }));
    await runCampaign(options({ run: c.run, seed: 2 }));
    expect(a.programs).toEqual(b.programs);
    expect(a.programs).not.toEqual(c.programs);
    expect(a.programs.map((program) => program.seed)).toEqual(a.programs.map((_, i) => programSeed(1, i)));
  });

  it('reports a finding first, then classifies and shrinks it, and goes on', async () => {
    const { run, programs } = watched(toyRuntime(defects));
    const atReport: { runs: number; finding: Finding }[] = [];
    const totals = await runCampaign(
      options({
        run,
        programs: 400,
        // Every finding is worth looking at here, however the time is shared.
        findingShare: 1e9,
        onFinding: (finding) => void atReport.push({ runs: programs.length, finding: { ...finding } }),
      }),
    );
    expect(totals.programs).toBe(400);
    expect(totals.findings.length).toBeGreaterThan(0);
    expect(new Set(totals.findings.map((f) => f.signature.key)).size).toBe(totals.findings.length);
    for (const [i, finding] of totals.findings.entries()) {
      expect(atReport[i]?.finding).toMatchObject({ verdict: null, shrunk: null, program: finding.original });
      expect(programs[(atReport[i]?.runs ?? 0) - 1]).toEqual(finding.original);
      expect(finding.verdict).toEqual({ class: 'deterministic', failed: 8, runs: 8 });
      expect(finding.shrunk?.exhausted).toBe(true);
      expect(finding.program.steps.length).toBeLessThanOrEqual(7);
    }
    const times = totals.findings.reduce((sum, finding) => sum + finding.times, 0);
    expect(times).toBeGreaterThan(totals.findings.length);
    expect(totals.extraRuns).toBe(programs.length - 400);
  });

  it('calls a defect that shows now and then flaky, and still makes it simpler', async () => {
    let calls = 0;
    const flaky = toyRuntime(defects);
    const run: RunProgram = (program, signal) =>
      calls++ % 2 === 0 ? flaky(program, signal) : toyRuntime([])(program, signal);
    const totals = await runCampaign(options({ run, programs: 400, seed: 3 }));
    const verdicts = totals.findings.map((finding) => finding.verdict?.class);
    expect(verdicts).toContain('flaky');
    expect(verdicts).not.toContain('deterministic');
    const simpler = totals.findings.filter((f) => f.program.steps.length < f.original.steps.length);
    expect(simpler.length).toBeGreaterThan(0);
  });

  it('brings a broken machine back and runs the program again, without a finding', async () => {
    let calls = 0;
    const recovered: string[] = [];
    const { run, programs } = watched(
      toyRuntime([], () => (calls++ % 5 === 3 ? { is: 'infrastructure', why: 'ssh is gone' } : null)),
    );
    const recover = async (why: string) => void recovered.push(why);
    const totals = await runCampaign(options({ run, recover }));
    expect(totals).toMatchObject({ programs: 60, findings: [], stoppedBy: 'programs' });
    expect(totals.infrastructure).toBe(recovered.length);
    expect(programs.length).toBe(60 + recovered.length);
    expect(programs[3]).toEqual(programs[4]);
  });

  it('runs what it is given before it draws anything', async () => {
    const drawn = watched(toyRuntime([]));
    await runCampaign(options({ run: drawn.run, programs: 2 }));
    const [first, second] = drawn.programs as [Program, Program];
    const { run, programs } = watched(toyRuntime([]));
    const totals = await runCampaign(options({ run, programs: 1, first: [second] }));
    expect(programs).toEqual([second, first]);
    expect(totals).toMatchObject({ programs: 2, stoppedBy: 'programs' });
  });

  it('hands out a program that the machine spoilt each time, and goes on with the next', async () => {
    const unjudged: number[] = [];
    let calls = 0;
    const run = toyRuntime([], () => (calls++ < 3 ? { is: 'infrastructure', why: 'no boot' } : null));
    const onUnjudged = ({ program }: { program: Program }) => void unjudged.push(program.steps.length);
    const totals = await runCampaign(options({ run, onUnjudged }));
    expect(unjudged).toHaveLength(1);
    expect(totals).toMatchObject({ programs: 59, infrastructure: 3, findings: [] });
  });

  it('ends when the machine does not come back, or breaks in one program after the other', async () => {
    const run = toyRuntime([], () => ({ is: 'infrastructure', why: 'qemu died' }));
    const totals = await runCampaign(options({ run }));
    expect(totals).toMatchObject({ programs: 0, infrastructure: 9, stoppedBy: 'infrastructure' });
    const recover = () => Promise.reject(new Error('no qemu'));
    expect(await runCampaign(options({ run, recover }))).toMatchObject({
      infrastructure: 1,
      stoppedBy: 'infrastructure',
    });
  });

  it('tells how long it has run, since it began', async () => {
    let ms = 500;
    const clock = { now: () => ms };
    const slow = toyRuntime([], () => {
      ms += 1000;
      return null;
    });
    const told: number[] = [];
    const onProgress = ({ elapsedMs }: { elapsedMs: number }): void => void told.push(elapsedMs);
    expect(await runCampaign(options({ run: slow, clock, programs: 2, onProgress }))).toMatchObject({
      elapsedMs: 2000,
    });
    expect(told).toEqual([1000, 2000]);
  });

  it('ends when its time is over, or when the caller says so', async () => {
    let ms = 0;
    const clock = { now: () => ms };
    const slow = toyRuntime([], () => {
      ms += 1000;
      return null;
    });
    expect(await runCampaign(options({ run: slow, clock, seconds: 7 }))).toMatchObject({
      programs: 7,
      stoppedBy: 'seconds',
    });
    const controller = new AbortController();
    const stopping = toyRuntime([], () => {
      controller.abort();
      return null;
    });
    const totals = await runCampaign(options({ run: stopping, signal: controller.signal }));
    expect(totals).toMatchObject({ programs: 1, stoppedBy: 'caller' });
  });

  it('keeps a finding without looking into it when that has eaten up its share of the time', async () => {
    let ms = 0;
    const clock = { now: () => ms };
    const run = toyRuntime(defects, () => {
      ms += 1000;
      return null;
    });
    const totals = await runCampaign(options({ run, clock, programs: 400, findingShare: 0.01 }));
    const untouched = totals.findings.filter((finding) => finding.verdict === null);
    expect(totals.findings[0]?.verdict?.class).toBe('deterministic');
    expect(untouched.length).toBeGreaterThan(0);
    expect(untouched.every((finding) => finding.shrunk === null)).toBe(true);
  });
});
