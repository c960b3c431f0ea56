import { describe } from '../model/match.ts';
import type { Event, History } from '../program/history.ts';
import type { Bench } from './bench.ts';

/** A run as text for whoever reads a red test: which runtime, how it ended, every step with its answer. */
export function tell(bench: Pick<Bench, 'title'>, history: History): string {
  const lines = history.events.map((event) => `  ${event.matched ? '   ' : '>>>'} ${lineOf(event)}`);
  return [bench.title, endingText(history), ...lines, JSON.stringify(history.program)].join('\n');
}

function endingText({ ending }: History): string {
  switch (ending.is) {
    case 'failed':
      return `${ending.failure.kind}: ${detailOf(ending.failure)}`;
    case 'infrastructure':
      return `the machine broke, not the runtime: ${ending.why}`;
    default:
      return ending.is;
  }
}

type Failed = Extract<History['ending'], { is: 'failed' }>['failure'];

const detailOf = (failure: Failed): string =>
  'differences' in failure ? failure.differences.join('; ') : failure.detail;

const lineOf = (event: Event): string =>
  `${event.index + 1} ${JSON.stringify(event.step)} [${event.situation}] ${event.matched ?? describe(event.seen)}`;
