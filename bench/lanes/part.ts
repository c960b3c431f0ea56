import { type Lane, pooled } from '../../bin/session/lanes.ts';
import type { Program } from '../../program/program.ts';
import { makeRunner } from '../../run/execute.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { closeAll, openLanes } from '../../runtime/targets/lanes.ts';
import { runCampaign } from '../../search/campaign/campaign.ts';
import { programOfSeed } from '../../search/generate/program-arbitrary.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { fixed, percent } from '../harness/numbers.ts';
import { everySurface, rules } from '../harness/reference.ts';
import { price } from '../harness/simulated.ts';
import type { Part } from '../part.ts';
import { slowed } from './slowed.ts';

const LANES = [1, 2, 4, 8];
/** Programs that are run again and again, so that numbers of lanes are compared by the same work. */
const PROGRAMS = 6;
const MAX_STEPS = 12;
/** How often each lane is given all of them. */
const ROUNDS = 2;
/** Part of so many times the programs of one lane that several lanes are to run in an hour. */
const WANTED = 0.8;

/** How many programs an hour several lanes run, on the reference made as slow as a real runtime. */
export const lanesPart: Part = {
  name: 'lanes',
  about: 'programs an hour of several lanes at once, on the reference made as slow as a real runtime',
  async measure({ options: { seed, quick }, log, signal }) {
    const surfaces = new Set(everySurface);
    const settings = { ...defaultSettings, maxSteps: MAX_STEPS };
    const programs = Array.from({ length: PROGRAMS }, (_, i) =>
      programOfSeed(rules, { surfaces, settings, seed: seed + i }),
    );
    const rows: LanesRow[] = [];
    for (const lanes of quick ? LANES.slice(0, 2) : LANES) {
      if (signal.aborted) break;
      rows.push(await hourOf(lanes, programs, quick ? 1 : ROUNDS, signal));
      log(`lanes: ${lanes}: done`);
    }
    return {
      part: 'lanes',
      measuredOn: `the reference with ${price.bootS} s more a boot and ${price.commandS} s more a command, programs of seeds ${seed} to ${seed + PROGRAMS - 1}`,
      table: {
        head: ['lanes', 'programs', 'seconds', 'programs an hour', 'of so many times one lane'],
        rows: rows.map((row) => [
          ...[row.lanes, row.programs, row.seconds, row.anHour].map(fixed),
          percent(shareOfLanes(row, rows)),
        ]),
      },
      losses: lanesLosses(rows),
      notes: ['each lane is given the same programs as often; the time is that of the whole campaign'],
      data: rows,
    };
  },
};

/** What so many lanes did in a campaign. */
export interface LanesRow {
  readonly lanes: number;
  readonly programs: number;
  readonly seconds: number;
  readonly anHour: number;
}

async function hourOf(
  lanes: number,
  programs: readonly Program[],
  rounds: number,
  signal: AbortSignal,
): Promise<LanesRow> {
  const targets = await openLanes('reference', { resident: true }, lanes, () => {});
  try {
    const laneOf = (target: Target): Lane => ({
      target,
      run: makeRunner(slowed(target), { profile: rules.profile, known: [] }),
    });
    const { tally, elapsedMs } = await runCampaign({
      ...{ seed: 1, rules, surfaces: new Set(everySurface), lanes, signal, programs: 0 },
      run: pooled(targets.map(laneOf) as [Lane, ...Lane[]]).run,
      first: Array.from({ length: rounds * lanes }, () => programs).flat(),
      onFinding: ({ signature }) => {
        throw new Error(`the reference failed: ${signature.text}`);
      },
    });
    const { corpus } = tally.totals();
    const seconds = elapsedMs / 1000;
    return { lanes, programs: corpus, seconds, anHour: (3600 * corpus) / seconds };
  } finally {
    await closeAll(targets);
  }
}

/** What lanes run in an hour, of so many times what one does; null where one was not measured. */
export function shareOfLanes({ lanes, anHour }: LanesRow, rows: readonly LanesRow[]): number | null {
  const one = rows.find((row) => row.lanes === 1);
  return one ? anHour / (lanes * one.anHour) : null;
}

/** Numbers of lanes that run fewer programs than wanted. */
export const lanesLosses = (rows: readonly LanesRow[]): string[] =>
  rows
    .map((row) => ({ ...row, share: shareOfLanes(row, rows) }))
    .filter(({ share }) => (share ?? 1) < WANTED)
    .map(
      ({ lanes, share }) =>
        `lanes: ${lanes} lanes run ${percent(share)} of ${lanes} times one lane, target ${percent(WANTED)}`,
    );
