import { join } from 'node:path';
import { verbs } from '../../commands/index.ts';
import type { Identity } from '../../domain/identity.ts';
import { profileFor } from '../../model/profile.ts';
import { environmentOf } from '../../report/environment.ts';
import { makeRunner } from '../../run/execute.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { reapDeadRuns } from '../../runtime/runs/reap.ts';
import { openTarget } from '../../runtime/targets/open.ts';
import { divergenceOutcomesOf } from '../../search/worlds/divergence-outcomes.ts';
import { rulesOf } from '../../search/worlds/rules.ts';
import { inRange } from '../../verdict/known/versions.ts';
import { type KnownDivergence, loadKnownDivergences, staleKnown } from '../../verdict/known.ts';
import { corpusDir } from '../corpus/place.ts';
import { chosenTarget } from '../options/choose.ts';
import { type Globals, targetOptions } from '../options/globals.ts';
import type { Engine, Mark } from './engine.ts';

/**
 * Opens the target that was asked for, or the best there is, after cleaning up behind runs that were killed.
 * @param seed of a campaign, for the report
 * @throws when the target cannot run
 */
export async function openEngine(
  globals: Globals,
  log: (line: string) => void,
  seed?: number,
): Promise<Engine> {
  const name = chosenTarget(globals);
  const options = targetOptions(globals);
  await reapDeadRuns(log, options);
  const known = globals.known === false ? [] : await loadKnownDivergences(join(corpusDir, 'known'));
  const target = await openTarget(name, options, log);
  try {
    const probe = await target.session('probe');
    const { surfaces, deadlineFactor } = probe;
    const drawn = probe.restartServer ? verbs : withoutRestart;
    await probe.dispose();
    const { profile, warning } = profileFor(versionIn(target.identity.version));
    const environment = environmentOf({
      identity: target.identity,
      contract: profile.id,
      patience: deadlineFactor,
      options,
      ...(seed === undefined ? {} : { seed }),
    });
    return {
      target,
      profile,
      surfaces,
      rules: rulesOf(drawn, profile, divergenceOutcomesOf(known, target.identity)),
      marks: known.map((entry) => markOf(entry, target.identity)),
      environment,
      run: makeRunner(target, { known, profile }),
      stale: (counts) => staleIds(known, counts),
      warnings: warning ? [warning] : [],
    };
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** Somebody else's server is not ours to end. */
const { 'restart-server': _restart, ...withoutRestart } = verbs;

/** The first release number a runtime tells, else all it tells. */
const versionIn = (told: string): string => /\d+\.\d+\.\d+/u.exec(told)?.[0] ?? told;

const markOf = (entry: KnownDivergence, identity: Identity): Mark => ({
  id: entry.id,
  title: entry.title,
  always: entry.always,
  applies:
    (!entry.targets || entry.targets.includes(identity.target)) && inRange(entry.versions, identity.version),
  program: /([^/]+)\.json$/u.exec(entry.found.program)?.[1] ?? null,
});

function staleIds(
  known: readonly KnownDivergence[],
  counts: readonly { id: string; hits: number; misses: number }[],
): Set<string> {
  const of = (key: 'hits' | 'misses') => Object.fromEntries(counts.map((count) => [count.id, count[key]]));
  const reports = staleKnown(known, of('hits'), of('misses'));
  return new Set(reports.filter((report) => report.verdict === 'stale').map((report) => report.id));
}

/** Opens an engine, gives it to `use`, and closes the target whatever happens. */
export async function withEngine<T>(
  globals: Globals,
  log: (line: string) => void,
  use: (engine: Engine) => Promise<T>,
  seed?: number,
): Promise<T> {
  const engine = await openEngine(globals, log, seed);
  const { target }: { target: Target } = engine;
  log(`testing ${target.identity.target}: BoxLite ${target.identity.version}, contract ${engine.profile.id}`);
  try {
    return await use(engine);
  } finally {
    await target.close();
  }
}
