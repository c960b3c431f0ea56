import { fileURLToPath } from 'node:url';
import { verbs } from '../commands/index.ts';
import type { TargetName } from '../domain/identity.ts';
import { type Profile, profileFor } from '../model/profile.ts';
import type { RunProgram } from '../program/history.ts';
import type { Surface } from '../program/step.ts';
import { makeRunner } from '../run/execute.ts';
import type { TargetOptions } from '../runtime/ports/options.ts';
import type { Target } from '../runtime/ports/target.ts';
import { openTarget, targetNames } from '../runtime/targets/open.ts';
import { divergenceOutcomesOf } from '../search/worlds/divergence-outcomes.ts';
import { type Rules, rulesOf } from '../search/worlds/rules.ts';
import { loadKnownDivergences } from '../verdict/known.ts';

/** An open target with what it takes to draw programs for it and to run them. */
export interface Bench {
  readonly target: Target;
  readonly profile: Profile;
  readonly surfaces: ReadonlySet<Surface>;
  readonly rules: Rules;
  readonly run: RunProgram;
  /** First line of everything said about a result: which runtime it is about. */
  readonly title: string;
}

/** A folder of the corpus. */
export const corpus = (folder: string): string =>
  fileURLToPath(new URL(`../corpus/${folder}/`, import.meta.url));

/**
 * Opens the target of `BOXCHECK_TARGET` (default: reference). Call `target.close()` at the end.
 * @throws for an unknown name, or whatever keeps the target from running
 */
export async function openBench(log: (line: string) => void): Promise<Bench> {
  const target = await openTarget(chosenTarget(), optionsFromEnvironment(), log);
  try {
    const probe = await target.session('probe');
    const { surfaces } = probe;
    await probe.dispose();
    const { version, target: name } = target.identity;
    const { profile } = profileFor(/\d+\.\d+\.\d+/u.exec(version)?.[0] ?? version);
    const known = await loadKnownDivergences(corpus('known'));
    const rules = rulesOf(verbs, profile, divergenceOutcomesOf(known, target.identity));
    const title = `target ${name}, BoxLite ${version}, contract ${profile.id}`;
    return { target, profile, surfaces, rules, run: makeRunner(target, { profile, known }), title };
  } catch (error) {
    await target.close();
    throw error;
  }
}

function chosenTarget(): TargetName | 'best' {
  const name = process.env.BOXCHECK_TARGET ?? 'reference';
  const known: readonly string[] = [...targetNames, 'best'];
  if (known.includes(name)) return name as TargetName | 'best';
  throw new Error(`BOXCHECK_TARGET is '${name}': choose one of ${known.join(', ')}`);
}

function optionsFromEnvironment(): TargetOptions {
  const { BOXCHECK_DEFECTS } = process.env;
  return BOXCHECK_DEFECTS ? { defects: BOXCHECK_DEFECTS.split(',') } : {};
}
