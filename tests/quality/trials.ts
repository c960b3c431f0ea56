import type { Site } from '../../quality/site.ts';
import type { Caught, Trial } from '../../quality/trial.ts';
import type { DefectName } from '../../reference/defects.ts';

type Killed = { is: 'killed' } & Caught;

/** A trial that killed its defect, with the given parts. */
export function killed(
  seed: number,
  parts: {
    programs?: number;
    steps?: number;
    runs?: number;
    site?: Site | null;
    result?: Partial<Killed>;
  } = {},
): Trial {
  const { programs = 1, steps = 2, runs = 5, site = null, result = {} } = parts;
  const made = Array.from({ length: steps }, () => ({ op: 'list', via: 'cli', all: true }) as const);
  return {
    defect: 'stop-code-zero',
    seed,
    programs,
    ran: programs,
    steps: 10 * programs,
    huntMs: 1000,
    noise: 0,
    result: {
      is: 'killed',
      oracle: 'unexpected',
      signature: 'stop-rest-0123456789',
      text: 'stop via rest',
      verdict: { class: 'deterministic', failed: 8, runs: 8 },
      originalSteps: 12,
      shrunk: {
        program: { format: 1, contract: '0.10.7', steps: made },
        site,
        runs,
      },
      replays: true,
      lookMs: 2000,
      ...result,
    },
  };
}

/** A trial in which nothing failed. */
export const survived = (seed: number, programs = 40): Trial => ({
  defect: 'stop-code-zero',
  seed,
  programs,
  ran: programs,
  steps: 400,
  huntMs: 30_000,
  noise: 1,
  result: { is: 'survived' },
});

export const defect = { name: 'stop-code-zero' as DefectName, group: 'exit code' as const };
