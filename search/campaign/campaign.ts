import type { Failure } from '../../program/failure.ts';
import type { History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { type Signature, signatureOf } from '../../verdict/signature.ts';
import { coverageTable } from '../coverage/coverage.ts';
import { type Guide, makeGuide } from '../coverage/guide/guide.ts';
import { programSeed } from '../generate/seed.ts';
import { defaultSettings } from '../generate/settings.ts';
import { checkOne } from './check-one.ts';
import { lookInto, type Stray } from './look-into.ts';
import { LostMachineError, recoveringRunner } from './runner.ts';
import { countProgram, noTotals } from './totals.ts';
import type { CampaignOptions, Clock, Finding, Totals } from './types.ts';

export type { CampaignOptions, Clock, Finding, Totals } from './types.ts';

interface State {
  readonly options: CampaignOptions;
  readonly totals: Totals;
  readonly run: RunProgram;
  readonly clock: Clock;
  readonly startMs: number;
  /** Null: programs are drawn by seed alone. */
  readonly guide: Guide | null;
  /** Milliseconds spent on looking into findings. */
  findingMs: number;
}

/**
 * Draws and runs programs until the number of programs, the time or the caller ends it. A failure of a new
 * signature is reported at once, then classified and made simpler as far as time allows; one that is known is
 * counted. A broken machine is brought back and never a finding.
 */
export async function runCampaign(options: CampaignOptions): Promise<Totals> {
  const clock = options.clock ?? performance;
  const totals = noTotals(options.coverage ?? coverageTable());
  const run = recoveringRunner(options, totals);
  const guide = options.guided ? guideOf(options, totals) : null;
  const state: State = { options, totals, run, clock, guide, startMs: clock.now(), findingMs: 0 };
  try {
    for (const program of options.first ?? []) {
      if (whyStop(state, 0)) break;
      await judge(state, -1, program.seed ?? 0, await run(program, options.signal));
      options.onProgress?.(totals, -1);
    }
    for (let index = 0; ; index++) {
      totals.stoppedBy = whyStop(state, index);
      if (totals.stoppedBy) break;
      await oneProgram(state, index);
      totals.elapsedMs = clock.now() - state.startMs;
      options.onProgress?.(totals, index);
    }
  } catch (error) {
    if (!(error instanceof LostMachineError)) throw error;
    totals.stoppedBy = 'infrastructure';
  }
  totals.elapsedMs = clock.now() - state.startMs;
  return totals;
}

const guideOf = (
  { rules, surfaces, settings = defaultSettings }: CampaignOptions,
  { coverage }: Totals,
): Guide => makeGuide(rules, { surfaces, settings }, coverage);

function whyStop({ options, clock, startMs }: State, index: number): Totals['stoppedBy'] {
  if (options.signal.aborted) return 'caller';
  if (options.programs !== undefined && index >= options.programs) return 'programs';
  return options.seconds !== undefined && clock.now() - startMs >= options.seconds * 1000 ? 'seconds' : null;
}

async function oneProgram(state: State, index: number): Promise<void> {
  const seed = programSeed(state.options.seed, index);
  await judge(state, index, seed, await checkOne(state.options, state.guide, state.run, seed));
}

async function judge(state: State, index: number, seed: number, history: History): Promise<void> {
  const { ending } = history;
  if (ending.is === 'infrastructure' || ending.is === 'interrupted') return;
  countProgram(state.totals, history);
  if (ending.is !== 'failed') return;
  await take(state, { index, seed, program: history.program, failure: ending.failure, history });
}

interface Sighting {
  readonly index: number;
  readonly seed: number;
  readonly program: Program;
  readonly failure: Failure;
  readonly history: History | null;
}

/** Reports a failure, looks into it, and takes up what else turned up meanwhile. */
async function take(state: State, sighting: Sighting): Promise<void> {
  const queue: Sighting[] = [sighting];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const finding = await register(state, next);
    if (!finding) continue;
    const strays = await spendOn(state, finding);
    const { index, seed } = next;
    queue.push(...strays.map((stray) => ({ ...stray, index, seed, history: null })));
  }
}

/** The new finding, already reported; null for a signature this campaign has seen before. */
async function register({ totals, options }: State, sighting: Sighting): Promise<Finding | null> {
  const { program, ...rest } = sighting;
  const signature = signatureOf(sighting.failure);
  const before = totals.findings.find((finding) => isOf(finding, signature));
  if (before) {
    before.times++;
    return null;
  }
  const finding: Finding = {
    ...rest,
    signature,
    original: program,
    program,
    verdict: null,
    shrunk: null,
    times: 1,
  };
  totals.findings.push(finding);
  await options.onFinding(finding);
  return finding;
}

/** By what it was found as, and by what its simplest program shows. */
const isOf = (finding: Finding, { key }: Signature): boolean =>
  finding.signature.key === key || signatureOf(finding.failure).key === key;

async function spendOn(state: State, finding: Finding): Promise<readonly Stray[]> {
  const { options, clock, totals } = state;
  const begunMs = clock.now();
  if (options.signal.aborted || !worthLooking(state, begunMs)) return [];
  let runs = 0;
  const counted: RunProgram = (program, signal) => {
    runs++;
    return state.run(program, signal);
  };
  try {
    return await lookInto(options, counted, finding, secondsLeft(state), clock);
  } catch (error) {
    if (options.signal.aborted && !(error instanceof LostMachineError)) return [];
    throw error;
  } finally {
    totals.extraRuns += runs;
    state.findingMs += clock.now() - begunMs;
  }
}

/** The first finding always is; later ones while looking into findings has not eaten up its share of the time. */
function worthLooking({ options, startMs, findingMs }: State, nowMs: number): boolean {
  return (
    findingMs <= (options.findingShare ?? 0.5) * Math.max(nowMs - startMs, (options.seconds ?? 0) * 1000)
  );
}

function secondsLeft({ options, clock, startMs }: State): number {
  if (options.seconds === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, options.seconds - (clock.now() - startMs) / 1000);
}
