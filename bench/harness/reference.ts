import { verbs } from '../../commands/index.ts';
import { profileFor } from '../../model/profile.ts';
import type { RunProgram } from '../../program/history.ts';
import type { Surface } from '../../program/step.ts';
import { profile } from '../../reference/core/profile.ts';
import type { DefectName } from '../../reference/defects.ts';
import { makeRunner } from '../../run/execute.ts';
import type { Target } from '../../runtime/ports/target.ts';
import { openTarget } from '../../runtime/targets/open.ts';
import { steadyRunner } from '../../search/investigate/steady-runner.ts';
import { type Rules, rulesOf } from '../../search/worlds/rules.ts';

/** What the reference is judged by: it plays a release of its own unless it is told another. */
const referenceProfile = profileFor(profile.name).profile;

/** Programs are drawn and judged by the contract alone: a known divergence must not excuse a defect. */
export const rules: Rules = rulesOf(verbs, referenceProfile);

/** All surfaces a target may have. */
export const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/** An open reference runtime, with defects or without. */
export interface Reference {
  /** Runs a program; a machine that broke is brought back and the program tried again. */
  readonly run: RunProgram;
  /** Ends everything it started. */
  close(): Promise<void>;
}

export interface ReferenceOptions {
  /** Give every program a new home: for defects that damage the home itself, so that no run tells of another. */
  readonly fresh?: boolean;
  /** Factor for all deadlines: below 1 an answer that never comes costs less, on a machine that is not busy. */
  readonly deadlineFactor?: number;
  /** Directory in which the runtime notes the sites of defects that it comes past. */
  readonly trace?: string;
  readonly log?: (line: string) => void;
}

/**
 * Opens the reference runtime with the given defects switched on; without any it is the clean one.
 * @throws what keeps it from starting; nothing is left behind then
 */
export async function openReference(
  defects: readonly DefectName[],
  options: ReferenceOptions = {},
): Promise<Reference> {
  let opened = await openOnce(defects, options);
  let used = false;
  return {
    async run(program, signal) {
      if (options.fresh && used) {
        await opened.target.close();
        opened = await openOnce(defects, options);
      }
      used = true;
      return opened.run(program, signal);
    },
    close: () => opened.target.close(),
  };
}

async function openOnce(
  defects: readonly DefectName[],
  { deadlineFactor = 1, trace, log = () => {} }: ReferenceOptions,
): Promise<{ target: Target; run: RunProgram }> {
  const asked = {
    defects: [...defects],
    resident: true,
    ...(trace === undefined ? {} : { defectTrace: trace }),
  };
  const opened = await openTarget('reference', asked, log);
  const session: Target['session'] = async (label) => ({ ...(await opened.session(label)), deadlineFactor });
  const target: Target = { ...opened, session };
  const run = steadyRunner({
    run: makeRunner(target, { profile: referenceProfile, known: [] }),
    recover: (why) => {
      log(`the machine broke, not the runtime: ${why}`);
      return target.recover();
    },
  });
  return { target, run };
}
