import { verbs } from '../../commands/index.ts';
import { counted } from '../../domain/counted.ts';
import type { Log } from '../../domain/log.ts';
import { type Profile, profileFor } from '../../model/profile.ts';
import type { History, RunProgram } from '../../program/history.ts';
import type { Surface } from '../../program/step.ts';
import { type Environment, environmentOf } from '../../report/environment.ts';
import { makeRunner } from '../../run/execute.ts';
import type { OnEvent } from '../../run/program-run.ts';
import { type Waiting, waited } from '../../run/waited.ts';
import { reapDeadRuns } from '../../runtime/runs/record.ts';
import { findSdks } from '../../runtime/sdks.ts';
import { closeAll, openLanes } from '../../runtime/targets/lanes.ts';
import { steadyRunner } from '../../search/investigate/steady-runner.ts';
import { divergenceOutcomesOf } from '../../search/worlds/divergence-outcomes.ts';
import { type Rules, rulesOf } from '../../search/worlds/rules.ts';
import type { KnownDivergence } from '../../verdict/known.ts';
import { marksThatCount } from '../options/choose.ts';
import { type Globals, marksLeftOut, targetOptions } from '../options/globals.ts';
import { chosenTarget } from '../options/target.ts';
import type { Lane } from './lanes.ts';
import { newTimes } from './times.ts';

/** An open target with everything that is needed to run and judge programs on it: the first lane, or the only one. */
export interface Engine extends Lane {
  /** Further lanes beside it. */
  readonly others: readonly Lane[];
  readonly profile: Profile;
  readonly surfaces: ReadonlySet<Surface>;
  readonly rules: Rules;
  readonly known: readonly KnownDivergence[];
  readonly environment: Environment;
  /** Who hears of the steps of every run, while somebody wants to. */
  readonly watched: { onEvent?: OnEvent };
  /** Warnings that belong into the report. */
  readonly warnings: string[];
}

/** All lanes of an engine. */
export const lanesOf = (engine: Engine): [Lane, ...Lane[]] => [engine, ...engine.others];

/**
 * Opens the target that was asked for, or the best there is, after cleaning up behind runs that were killed.
 * @param globals.lanes default: one
 * @param seed of a campaign, for the report
 * @throws when the target cannot run
 */
export async function openEngine(globals: Globals, log: Log, seed?: number): Promise<Engine> {
  const name = chosenTarget(globals);
  const options = targetOptions(globals);
  await reapDeadRuns(log, options);
  const known = await marksThatCount(globals);
  const targets = await openLanes(name, options, globals.lanes ?? 1, log);
  const [target] = targets;
  const { identity } = target;
  try {
    const probe = await target.session('probe');
    const { surfaces, deadlineFactor: patience } = probe;
    const ownMachine = probe.restartServer !== undefined;
    const drawn = ownMachine ? verbs : withoutRestart;
    await probe.dispose();
    const { profile: promised, warning } = profileFor(versionIn(identity.version));
    const profile = { ...promised, ownMachine };
    const watched: Engine['watched'] = {};
    const flags = { ...options, ...marksLeftOut(globals) };
    const about = { identity, contract: profile.id, patience, options: flags };
    const onEvent: OnEvent = (...event) => watched.onEvent?.(...event);
    const [first, ...others] = targets.map((target) => ({
      target,
      run: makeRunner(target, { known, profile, onEvent }),
    })) as [Lane, ...Lane[]];
    return {
      ...first,
      others,
      profile,
      surfaces,
      rules: rulesOf(drawn, profile, divergenceOutcomesOf(known, identity)),
      known,
      environment: environmentOf({ ...about, ...(seed === undefined ? {} : { seed }) }),
      watched,
      warnings: [
        ...(warning ? [warning] : []),
        ...(surfaces.has('rest') ? findSdks(versionIn(identity.version)).missing : []),
      ],
    };
  } catch (error) {
    await closeAll(targets);
    throw error;
  }
}

/** Somebody else's server is not ours to end. */
const { 'restart-server': _restart, ...withoutRestart } = verbs;

/** The first release number a runtime tells, else all it tells. */
const versionIn = (text: string): string => /\d+\.\d+\.\d+/u.exec(text)?.[0] ?? text;

/** Gives a lane's runner, which brings a broken machine back and says so. */
export const steady = (
  { run, target }: Lane,
  log: Log,
  onBroken?: (history: History) => void,
  { waiting, repairs }: { waiting: Waiting; repairs: Waiting } = newTimes(),
): RunProgram =>
  steadyRunner({
    run,
    ...(onBroken && { onBroken }),
    ...(target.control && {
      control: async () => {
        const boots = await waited(repairs, waited(waiting, target.control?.() ?? Promise.resolve(false)));
        log(`control: a plain box ${boots ? 'boots' : 'does not boot'} on this machine`);
        return boots;
      },
    }),
    tidy: async (why) => {
      const tidied = target.heartbeat().then(() => target.sweep());
      await waited(repairs, waited(waiting, tidied));
      log(`infrastructure, not the runtime: ${why}; the machine lives: once more`);
    },
    recover: (why) => {
      log(`infrastructure, not the runtime: ${why}; repairing`);
      return waited(repairs, waited(waiting, target.recover()));
    },
  });

/** Opens an engine, gives it to `use`, and closes the target whatever happens. */
export async function withEngine<T>(
  globals: Globals,
  log: Log,
  use: (engine: Engine) => Promise<T>,
  seed?: number,
): Promise<T> {
  const engine = await openEngine(globals, log, seed);
  const { target, version } = engine.target.identity;
  const lanes = `${counted(lanesOf(engine).length, 'program')} at once`;
  log(`testing ${target}: BoxLite ${version}, contract ${engine.profile.id}, ${lanes}`);
  try {
    return await use(engine);
  } finally {
    await closeAll(lanesOf(engine).map(({ target }) => target));
  }
}
