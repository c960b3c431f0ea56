import { counted } from '../../domain/counted.ts';
import { duration } from '../../report/stamp.ts';
import type { Invocation } from '../session/invocation.ts';

/** Where nobody watches a terminal, one line every so often. */
const PLAIN_EVERY_MS = 10_000;
const LIVE_EVERY_MS = 200;
const TICK_MS = 1_000;

/**
 * The progress of a campaign that was given milliseconds, programs, or both: one line that is rewritten on a terminal,
 * a plain line every ten seconds elsewhere; always on stderr.
 */
export function fuzzProgress(invocation: Invocation, forMs?: number, most?: number) {
  const live = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  let shownMs = Date.now();
  const show = (): void => {
    if (Date.now() - shownMs < (live ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
    shownMs = Date.now();
    const text = progressText(invocation, forMs, most);
    if (live) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else process.stderr.write(`${text}\n`);
  };
  // A program may take minutes: the clock goes on meanwhile.
  const timer = setInterval(show, TICK_MS);
  timer.unref();
  return {
    update: show,
    end: () => {
      clearInterval(timer);
      if (live) process.stderr.write('\r\x1b[2K');
    },
  };
}

/** What a campaign has done so far, in one line. */
function progressText(
  { engine, tally, findings, startedAt }: Invocation,
  forMs?: number,
  most?: number,
): string {
  const { programs, corpus, steps, boxes, infrastructure } = tally.totals();
  const left = forMs === undefined ? 0 : startedAt.getTime() + forMs - Date.now();
  return [
    `fuzz ${engine.environment.identity.target}`,
    // First, for a narrow terminal shows no more than the beginning.
    ...(forMs === undefined ? [] : [`${duration(Math.max(0, left))} left`]),
    ...(corpus > 0 ? [`${corpus} of the corpus`] : []),
    counted(programs, 'program'),
    counted(steps, 'step'),
    counted(boxes, 'box'),
    counted(findings.size, 'finding'),
    `${counted(tally.coverage().length, 'kind')} of answers`,
    ...(infrastructure > 0 ? [`${infrastructure} broken by the machine`] : []),
    ...(most === undefined ? [] : [`${counted(Math.max(0, most - programs), 'program')} left`]),
  ].join(', ');
}
