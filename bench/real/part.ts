import { type Engine, steady, withEngine } from '../../bin/session/engine.ts';
import { drawProgram } from '../../bin/smoke/plan.ts';
import { hasFailed, type RunProgram } from '../../program/history.ts';
import { makeRunner } from '../../run/execute.ts';
import { defaultShrink } from '../../search/campaign/campaign.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { investigate } from '../../search/investigate/investigate.ts';
import { rulesOf } from '../../search/worlds/rules.ts';
import { fixed, mean, spread } from '../harness/numbers.ts';
import type { Part } from '../part.ts';
import { replayCalls } from './floor.ts';

/** Programs drawn for each failure that is wanted; the clean reference has none. */
const TRIES = 5;

/** A program that was run, and its calls made again without boxcheck. */
export interface Ran {
  readonly steps: number;
  readonly boxes: number;
  readonly ms: number;
  readonly floorMs: number;
}

/** A failure from its first run to its shrunk and classified program. */
export interface LookedInto {
  readonly verdict: string;
  readonly from: number;
  readonly steps: number;
  readonly seconds: number;
  readonly boxes: number;
}

/** What a target makes of boxcheck: how much is run in an hour, and what a finding costs. */
export const realPart: Part = {
  name: 'real',
  about: 'programs an hour, their floor, and what a finding costs, on a target (needs --target)',
  async measure({ options: { target, quick, seed }, log, signal }) {
    const size = { programs: quick ? 5 : 20, findings: quick ? 2 : 10 };
    const asked = target === undefined ? {} : { target };
    const { identity, ran, found } = await withEngine(asked, log, async (engine) => ({
      identity: engine.target.identity,
      ran: await runPrograms(engine, { seed, count: size.programs }, log, signal),
      // Known divergences are the failures of a runtime that has no defects on demand.
      found: await lookIntoFailures(byContract(engine), { seed, count: size.findings }, log, signal),
    }));
    return {
      part: 'real',
      measuredOn: `${identity.target}, BoxLite ${identity.version}, one lane, seeds from ${seed}`,
      table: { head: ['figure', 'value'], rows: [...speedRows(ran), ...findingRows(found)] },
      losses: realLosses(found),
      notes: [
        'floor: the same calls made again one after the other, without looks, predictions and baselines',
        'a finding: a drawn program that fails by the contract alone (marks off), until it is shrunk and classified',
      ],
      data: { ran, found },
    };
  },
};

/** The same target, with programs drawn for the contract alone and judged by it. */
function byContract(engine: Engine): Engine {
  const { target, profile, rules } = engine;
  const run = makeRunner(target, { profile, known: [] });
  return { ...engine, run, known: [], rules: rulesOf(rules.verbs, profile) };
}

interface Sample {
  readonly seed: number;
  readonly count: number;
}

async function runPrograms(
  engine: Engine,
  { seed, count }: Sample,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<Ran[]> {
  const run = steady(engine, log);
  const all: Ran[] = [];
  for (let i = 0; i < count && !signal.aborted; i++) {
    const history = await run(drawProgram(seed + i, defaultSettings.maxSteps, engine), signal);
    const { ending, boxes, totalMs: ms } = history;
    log(`real: seed ${seed + i}: ${ending.is}`);
    if (ending.is !== 'passed') continue;
    const floorMs = await replayCalls(engine.target, history, signal);
    await engine.target.sweep();
    all.push({ steps: history.program.steps.length, boxes, ms, floorMs });
  }
  return all;
}

async function lookIntoFailures(
  engine: Engine,
  { seed, count }: Sample,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<LookedInto[]> {
  const all: LookedInto[] = [];
  const steadied = steady(engine, log);
  let boxes = 0;
  const run: RunProgram = async (program, until) => {
    const history = await steadied(program, until);
    boxes += history.boxes;
    return history;
  };
  for (let i = 0; all.length < count && i < count * TRIES && !signal.aborted; i++) {
    const first = await run(drawProgram(seed + i, defaultSettings.maxSteps, engine), signal);
    if (!hasFailed(first)) continue;
    boxes = 0;
    const beganMs = performance.now();
    const done = await investigate(first, { run, rules: engine.rules, signal, shrink: () => defaultShrink });
    // What was not looked into to its end says nothing of what a finding costs.
    if (signal.aborted) break;
    const looked: LookedInto = {
      verdict: done.verdict?.class ?? 'none',
      from: first.program.steps.length,
      steps: done.smallest.program.steps.length,
      seconds: (performance.now() - beganMs) / 1000,
      boxes,
    };
    log(`real: seed ${seed + i}: ${JSON.stringify(looked)}`);
    all.push(looked);
  }
  return all;
}

/** How much is run in an hour, and how far that is from what the runtime itself needs. */
export function speedRows(ran: readonly Ran[]): string[][] {
  const sum = (number: (one: Ran) => number): number => ran.reduce((all, one) => all + number(one), 0);
  const hours = sum(({ ms }) => ms) / 3_600_000;
  const perHour = (count: number): string => (hours > 0 ? fixed(count / hours) : '-');
  return [
    ['programs an hour', perHour(ran.length)],
    ['steps an hour', perHour(sum(({ steps }) => steps))],
    ['boxes an hour', perHour(sum(({ boxes }) => boxes))],
    ['times the floor', hours > 0 ? fixed(sum(({ ms }) => ms) / sum(({ floorMs }) => floorMs)) : '-'],
  ];
}

const isDeterministic = ({ verdict }: LookedInto): boolean => verdict === 'deterministic';

/** What failures cost in the median. */
export function findingRows(found: readonly LookedInto[]): string[][] {
  const seconds = spread(found.map((one) => one.seconds));
  const boxes = spread(found.map((one) => one.boxes));
  return [
    ['findings', String(found.length)],
    ['deterministic', String(found.filter(isDeterministic).length)],
    [
      'steps before and after, mean',
      `${fixed(mean(found.map(({ from }) => from)))}, ${fixed(mean(found.map(({ steps }) => steps)))}`,
    ],
    ['seconds a finding, median and most', `${fixed(seconds?.median)}, ${fixed(seconds?.max)}`],
    ['boxes a finding, median and most', `${fixed(boxes?.median)}, ${fixed(boxes?.max)}`],
  ];
}

/** What a deterministic failure that needs at most three steps may cost in the median: four minutes, thirty boxes. */
export function realLosses(found: readonly LookedInto[]): string[] {
  const short = found.filter((one) => isDeterministic(one) && one.steps <= 3);
  const seconds = spread(short.map((one) => one.seconds))?.median ?? 0;
  const boxes = spread(short.map((one) => one.boxes))?.median ?? 0;
  return [
    ...(seconds > 240 ? [`a finding of at most three steps: ${fixed(seconds)} s, target 240`] : []),
    ...(boxes > 30 ? [`a finding of at most three steps: ${fixed(boxes)} boxes, target 30`] : []),
  ];
}
