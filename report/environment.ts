import { readFileSync } from 'node:fs';
import { arch, availableParallelism, platform, release } from 'node:os';
import type { Identity } from '../domain/identity.ts';
import type { TargetOptions } from '../runtime/ports/target.ts';

/** Everything about the place and the way of a run that a result cannot be understood without. */
export interface Environment {
  boxcheck: string;
  node: string;
  machine: { system: string; release: string; arch: string; cpus: number };
  identity: Identity;
  /** Command line options about the target, and about marks that do not count; secrets only as `(given)`. */
  options: Record<string, unknown>;
  /** Contract profile the answers were judged by. */
  contract: string;
  /** Factor on every deadline of the contract; absent where no program was run. */
  patience?: number;
  /** Seed of the campaign. */
  seed?: number;
}

/** boxcheck's own version, from its package.json. */
export const boxcheckVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;

/** The environment of this process for a run on `identity`. */
export function environmentOf(
  run: Pick<Environment, 'identity' | 'contract' | 'patience' | 'seed'> & { options: TargetOptions },
): Environment {
  return {
    boxcheck: boxcheckVersion(),
    node: process.version,
    machine: { system: platform(), release: release(), arch: arch(), cpus: availableParallelism() },
    ...run,
    options: withoutSecrets(run.options),
  };
}

/** Target options fit for a file that is pasted into a public issue. */
export function withoutSecrets(options: TargetOptions): Record<string, unknown> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => {
      return [key, key === 'apiKey' ? '(given)' : value];
    }),
  );
}
