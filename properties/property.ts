import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Engine } from '../bin/session/engine.ts';
import { counted } from '../domain/counted.ts';
import { toJson, writeAtomic } from '../files/write.ts';
import type { Event } from '../program/history.ts';
import type { DefectName } from '../reference/defects.ts';
import { slug } from '../report/stamp.ts';
import { describeVerdict, failureLines } from '../report/text/failure.ts';
import { traceLines } from '../report/text/trace.ts';
import { runCampaign } from '../search/campaign/campaign.ts';
import { defaultSettings, type SearchSettings } from '../search/generate/settings.ts';
import type { Theme } from '../search/generate/themes.ts';
import type { Finding } from '../search/investigate/findings.ts';
import { open, targetFlags, targetFromEnvironment, titleOf } from './target.ts';

/** What must hold of every program of one kind: that the runtime gives no answer the contract does not allow. */
export interface Property {
  /** The part of the language that programs are drawn from; absent: all of it. */
  readonly draws?: Omit<Theme, 'name' | 'weight'>;
  /** Programs to draw, and the longest one. */
  readonly programs?: number;
  readonly maxSteps?: number;
  /** An answer that the property is about: one must come, or nothing was shown. */
  readonly about: (event: Event) => boolean;
  /** A seeded defect of the reference runtime that the property must notice. */
  readonly noticed: DefectName;
}

const PROGRAMS = 6;
const MAX_STEPS = 12;
/** Programs after which a defect counts as not noticed. */
const MOST_PROGRAMS = 60;
/** No further program is drawn after this; below the tier's test timeout. */
const SECONDS = 200;
const SHRINK = { runs: 60, seconds: 60 };

let engine: Engine;
beforeAll(async () => {
  engine = await open(targetFromEnvironment());
});
afterAll(() => engine?.target.close());

/** Fails with the shrunk program when a drawn one gets an answer the contract does not allow. */
export async function holds(property: Property): Promise<void> {
  const { programs = PROGRAMS } = property;
  let met = 0;
  const { findings, tally, stoppedBy } = await check(engine, property, {
    programs: programsFromEnvironment(programs),
    shrinkBudget: SHRINK,
    onProgram: ({ events }) => {
      met += events.filter(property.about).length;
    },
  });
  console.log(
    `${counted(tally.totals().programs, 'program')}, ${counted(met, 'answer')} it is about [${titleOf(engine)}]`,
  );
  const [finding] = findings;
  if (finding) expect.fail(await failureText(engine, finding));
  expect(stoppedBy, 'the machine under the runtime').not.toBe('infrastructure');
  expect(met, 'answers that the property is about').toBeGreaterThan(0);
}

/** Fails when the property does not notice its seeded defect: one that cannot fail shows nothing. */
export async function canFail(property: Property): Promise<void> {
  const defective = await open({
    target: 'reference',
    defect: [property.noticed],
    known: false,
    resident: true,
  });
  try {
    const { findings } = await check(defective, property, { programs: MOST_PROGRAMS, findingShare: -1 });
    expect(findings, `${property.noticed} in ${MOST_PROGRAMS} programs`).toHaveLength(1);
  } finally {
    await defective.target.close();
  }
}

type Given = Partial<Parameters<typeof runCampaign>[0]>;

const check = ({ run, rules, surfaces }: Engine, property: Property, given: Given) =>
  runCampaign({
    seed: seedFromEnvironment(),
    rules,
    surfaces,
    settings: settingsOf(property),
    run,
    seconds: SECONDS,
    maxFindings: 1,
    onFinding: () => {},
    signal: new AbortController().signal,
    ...given,
  });

function settingsOf({ draws, maxSteps = MAX_STEPS }: Property): SearchSettings {
  if (!draws) return { ...defaultSettings, maxSteps };
  const themes = [{ name: 'property', weight: 1, ...draws }];
  return { ...defaultSettings, maxSteps, themes, scopes: { all: 0, theme: 1, swarm: 0 } };
}

/** Tells a finding to whoever reads a red test: the shrunk program, its failing step, and how to see it again. */
async function failureText(engine: Engine, finding: Finding): Promise<string> {
  const { smallest, first, verdict, signature } = finding;
  const { target } = engine.target.identity;
  const file = join('.boxcheck', 'properties', `${slug(`${target} ${signature.key}`)}.json`);
  await writeAtomic(file, toJson(smallest.program));
  return [
    signature.text,
    ...traceLines(smallest),
    ...failureLines(smallest.ending.failure),
    `${describeVerdict(verdict)}; ${counted(smallest.program.steps.length, 'step')}, shrunk from ${first.program.steps.length}`,
    `drawn with seed ${first.program.seed}; ${titleOf(engine)}`,
    `to see it again: npm run repro -- ${file} ${targetFlags()}`,
  ].join('\n');
}

/** Seed when nothing else is said: a red test means the same on every machine. */
const DEFAULT_SEED = 20_260_609;

/**
 * A whole number from the environment.
 * @throws when the variable holds something else
 */
function wholeNumber(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`${name} is '${text}': a whole number is needed`);
}

/** Seed of the first program, `BOXCHECK_SEED`. */
const seedFromEnvironment = (): number => wholeNumber('BOXCHECK_SEED', DEFAULT_SEED);

/** How many programs a property draws, `BOXCHECK_PROGRAMS`; else as many as it says. */
const programsFromEnvironment = (own: number): number => wholeNumber('BOXCHECK_PROGRAMS', own);
