import { describe, expect, it } from 'vitest';
import type { History, RunProgram } from '../../../program/history.ts';
import type { Program } from '../../../program/program.ts';
import { type CampaignOptions, runCampaign } from '../../../search/campaign/campaign.ts';
import { usesOf } from '../../../search/coverage/uses.ts';
import { programSeed } from '../../../search/generate/seed.ts';
import type { Finding } from '../../../search/investigate/findings.ts';
import { steadyRunner } from '../../../search/investigate/steady-runner.ts';
import { type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { toyRuntime } from '../fixtures/toy-runtime.ts';
import { allSurfaces, toyRules } from '../fixtures/toy-verbs.ts';

const defects = toyDefects.slice(0, 1) as ToyDefect[];

const options = (changes: Partial<CampaignOptions> = {}): CampaignOptions => ({
  seed: 4,
  rules: toyRules,
  surfaces: allSurfaces,
  run: toyRuntime([]),
  programs: 60,
  onFinding: () => {},
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
  it('counts what it ran when nothing is wrong, every step of it', async () => {
    const { run, programs } = watched(toyRuntime([]));
    const { tally, findings, stoppedBy, coverage } = await runCampaign(options({ run }));
    const steps = programs.reduce((sum, program) => sum + program.steps.length, 0);
    expect(tally.totals()).toMatchObject({
      programs: 60,
      passed: 60,
      failed: 0,
      cutShort: 0,
      infrastructure: 0,
    });
    expect({ findings, stoppedBy, runs: programs.length }).toEqual({
      findings: [],
      stoppedBy: 'programs',
      runs: 60,
    });
    expect(tally.totals().steps).toBe(steps);
    expect(steps).toBeGreaterThan(300);
    expect(coverage.keys.size).toBeGreaterThan(50);
  });

  it('counts what the programs use that it draws, and nothing of those that it is given', async () => {
    const { run, programs } = watched(toyRuntime([]));
    await runCampaign(options({ run, programs: 3 }));
    const drawn = await runCampaign(options({ programs: 3, first: programs }));
    expect(drawn.tally.totals()).toMatchObject({ programs: 3, corpus: 3 });
    expect(Object.fromEntries(drawn.coverage.uses)).toEqual(
      Object.fromEntries(usesOf(programs.flatMap(({ steps }) => steps))),
    );
    expect(drawn.coverage.uses.size).toBeGreaterThan(0);
  });

  it('runs the same programs for the same seed, each with a seed of its own', async () => {
    const [a, b, c] = [watched(toyRuntime([])), watched(toyRuntime([])), watched(toyRuntime([]))];
    await runCampaign(options({ run: a.run }));
    await runCampaign(options({ run: b.run }));
    await runCampaign(options({ run: c.run, seed: 2 }));
    expect(a.programs).toEqual(b.programs);
    expect(a.programs).not.toEqual(c.programs);
    expect(a.programs.map((program) => program.seed)).toEqual(a.programs.map((_, i) => programSeed(4, i)));
  });

  it('reports a finding first, then classifies and shrinks it, and goes on', async () => {
    const { run, programs } = watched(toyRuntime(defects));
    const atReport: { runs: number; finding: Finding }[] = [];
    const result = await runCampaign(
      options({
        run,
        seed: 5,
        programs: 400,
        onFinding: (finding) => void atReport.push({ runs: programs.length, finding: { ...finding } }),
      }),
    );
    expect(result.tally.totals().programs).toBe(400);
    expect(result.findings.length).toBeGreaterThan(0);
    expect(new Set(result.findings.map((f) => f.signature.key)).size).toBe(result.findings.length);
    for (const [i, finding] of result.findings.entries()) {
      expect(atReport[i]?.finding).toMatchObject({ verdict: null, shrunk: null, smallest: finding.first });
      expect(programs[(atReport[i]?.runs ?? 0) - 1]).toEqual(finding.first.program);
      expect(finding.verdict).toEqual({ class: 'deterministic', failed: 8, runs: 8 });
      expect(finding.shrunk?.exhausted).toBe(true);
      expect(finding.smallest.program.steps.length).toBeLessThanOrEqual(7);
    }
    const times = result.findings.reduce((sum, finding) => sum + finding.times, 0);
    expect(times).toBeGreaterThan(result.findings.length);
    const spent = result.findings.reduce((sum, { shrunk }) => sum + 8 + (shrunk?.runs ?? 0), 0);
    // A few more, where a program was run again and then made simpler.
    expect(programs.length - 400).toBeGreaterThanOrEqual(spent);
    expect(programs.length - 400).toBeLessThanOrEqual(1.2 * spent);
  });

  it('calls a defect that shows now and then flaky, and still makes it simpler', async () => {
    let calls = 0;
    const flaky = toyRuntime(defects);
    const run: RunProgram = (program, signal) =>
      calls++ % 2 === 0 ? flaky(program, signal) : toyRuntime([])(program, signal);
    const result = await runCampaign(options({ run, programs: 400, seed: 3 }));
    const verdicts = result.findings.map((finding) => finding.verdict?.class);
    expect(verdicts).toContain('flaky');
    expect(verdicts).not.toContain('deterministic');
    const simpler = result.findings.filter(
      (f) => f.smallest.program.steps.length < f.first.program.steps.length,
    );
    expect(simpler.length).toBeGreaterThan(0);
  });

  it('makes no finding of a broken machine that comes back, and runs every program', async () => {
    let calls = 0;
    const recovered: string[] = [];
    const { run, programs } = watched(
      toyRuntime([], () => (calls++ % 5 === 3 ? { is: 'infrastructure', why: 'ssh is gone' } : null)),
    );
    const recover = async (why: string) => void recovered.push(why);
    const { tally, findings, stoppedBy } = await runCampaign(
      options({ run: steadyRunner({ run, recover }) }),
    );
    expect({ findings, stoppedBy }).toEqual({ findings: [], stoppedBy: 'programs' });
    expect(tally.totals()).toMatchObject({ programs: 60, infrastructure: 0 });
    expect(programs.length).toBe(60 + recovered.length);
    expect(programs[3]).toEqual(programs[4]);
  });

  it('runs what it is given before it draws anything', async () => {
    const drawn = watched(toyRuntime([]));
    await runCampaign(options({ run: drawn.run, programs: 2 }));
    const [first, second] = drawn.programs as [Program, Program];
    const { run, programs } = watched(toyRuntime([]));
    const result = await runCampaign(options({ run, programs: 1, first: [second] }));
    expect(programs).toEqual([second, first]);
    expect(result.tally.totals()).toMatchObject({ programs: 1, corpus: 1, passed: 2 });
    expect(result.stoppedBy).toBe('programs');
  });

  it('hands out a program under which the machine broke each time, and goes on with the next', async () => {
    const unjudged: number[] = [];
    let calls = 0;
    const broken = toyRuntime([], () => (calls++ < 3 ? { is: 'infrastructure', why: 'no boot' } : null));
    const run = steadyRunner({ run: broken, recover: async () => {} });
    const onProgram = ({ program, ending }: History) => {
      if (ending.is === 'infrastructure') unjudged.push(program.steps.length);
    };
    const { tally, findings } = await runCampaign(options({ run, onProgram }));
    expect(unjudged).toHaveLength(1);
    expect(tally.totals()).toMatchObject({ programs: 59, infrastructure: 1 });
    expect(findings).toEqual([]);
  });

  it('ends when the machine does not come back, or breaks in one program after the other', async () => {
    const run = toyRuntime([], () => ({ is: 'infrastructure', why: 'qemu died' }));
    const lost = await runCampaign(options({ run: steadyRunner({ run, recover: async () => {} }) }));
    expect(lost).toMatchObject({ stoppedBy: 'infrastructure', why: expect.stringContaining('qemu died') });
    expect(lost.tally.totals()).toMatchObject({ programs: 0, infrastructure: 3 });
    const recover = () => Promise.reject(new Error('no qemu'));
    expect(await runCampaign(options({ run: steadyRunner({ run, recover }) }))).toMatchObject({
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
    const timed = await runCampaign(options({ run: slow, clock, seconds: 7 }));
    expect(timed.stoppedBy).toBe('seconds');
    expect(timed.tally.totals().programs).toBe(7);
    const controller = new AbortController();
    const stopping = toyRuntime([], () => {
      controller.abort();
      return null;
    });
    const result = await runCampaign(options({ run: stopping, signal: controller.signal }));
    expect(result.stoppedBy).toBe('caller');
    expect(result.tally.totals().programs).toBe(1);
  });

  it('begins nothing once its time is over: no program, no re-run, nothing simpler', async () => {
    for (const seconds of [30, 40, 60]) {
      let ms = 0;
      const clock = { now: () => ms };
      const { run, programs } = watched(
        toyRuntime(defects, () => {
          ms += 1000;
          return null;
        }),
      );
      const result = await runCampaign(options({ run, clock, programs: 400, seconds, findingShare: 1 }));
      expect(result.stoppedBy).toBe('seconds');
      expect(programs.length).toBe(seconds);
      expect(result.findings.length).toBeGreaterThan(0);
    }
  });

  it('tells how many of the given programs it did not come to', async () => {
    let ms = 0;
    const slow = toyRuntime([], () => {
      ms += 1000;
      return null;
    });
    const first = Array.from({ length: 5 }, (): Program => ({ format: 1, contract: '0.10.7', steps: [] }));
    const { notRun, tally } = await runCampaign(
      options({ run: slow, clock: { now: () => ms }, first, seconds: 2 }),
    );
    expect({ notRun, ...tally.totals() }).toMatchObject({ notRun: 3, programs: 0, corpus: 2 });
  });
});
