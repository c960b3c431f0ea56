import type { Profile } from '../../model/profile.ts';
import type { RunProgram } from '../../program/history.ts';
import type { Surface } from '../../program/step.ts';
import type { Environment } from '../../report/environment.ts';
import type { Target } from '../../runtime/ports/target.ts';
import type { Rules } from '../../search/worlds/rules.ts';

/** A known divergence as reports need it. */
export interface Mark {
  id: string;
  title: string;
  /** Shows every time it applies; others depend on timing. */
  always: boolean;
  /** Whether it can show on this target and version at all. */
  applies: boolean;
  /** Counterexample of it, file name in `corpus/found` without ending. */
  program: string | null;
}

/** An open target with everything that is needed to run and judge programs on it. */
export interface Engine {
  readonly target: Target;
  readonly profile: Profile;
  readonly surfaces: ReadonlySet<Surface>;
  readonly rules: Rules;
  readonly marks: readonly Mark[];
  readonly environment: Environment;
  /** Runs a program once. */
  readonly run: RunProgram;
  /** Marks whose misses are too many to be chance, by id. */
  stale(known: readonly { id: string; hits: number; misses: number }[]): ReadonlySet<string>;
  /** Warnings that belong into the report. */
  readonly warnings: string[];
}
