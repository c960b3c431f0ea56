import type { History } from '../program/history.ts';
import { signatureOf } from './signature.ts';

/** Seen in `same` of `runs` runs. */
export interface Rate {
  readonly same: number;
  readonly runs: number;
}

/** How many of the runs that were judged failed with a signature, or at all where it is null. */
export function rateOf(histories: readonly History[], signature: string | null): Rate {
  const endings = histories.map(({ ending }) => ending);
  const same = endings.filter(
    (ending) =>
      ending.is === 'failed' && (signature === null || signatureOf(ending.failure).key === signature),
  ).length;
  return { same, runs: endings.filter(({ is }) => is === 'failed' || is === 'passed').length };
}
