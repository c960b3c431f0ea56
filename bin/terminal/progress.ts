import { duration } from '../../report/stamp.ts';
import type { Invocation } from '../session/invocation.ts';

/** Where nobody watches a terminal, one line every so often. */
const PLAIN_EVERY_MS = 10_000;
const LIVE_EVERY_MS = 200;
const TICK_MS = 1_000;

/** What a campaign was given: milliseconds, programs, or both. */
export interface Limits {
  readonly for?: number;
  readonly programs?: number;
}

/** Live progress of a campaign. */
export interface Progress {
  update(): void;
  end(): void;
}

/** One line that is rewritten on a terminal, a plain line every ten seconds elsewhere; always on stderr. */
export function fuzzProgress(invocation: Invocation, limits: Limits): Progress {
  const live = process.stderr.isTTY === true;
  let shownMs = Date.now();
  const show = (): void => {
    if (Date.now() - shownMs < (live ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
    shownMs = Date.now();
    const text = progressText(invocation, limits, Date.now());
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

/** What a campaign has done by `nowMs`, in one line. */
function progressText(
  invocation: Pick<Invocation, 'tally' | 'findings' | 'startedAt' | 'engine'>,
  limits: Limits,
  nowMs: number,
): string {
  const { programs, steps, boxes, infrastructure } = invocation.tally.totals();
  return [
    `fuzz ${invocation.engine.environment.identity.target}`,
    `${programs} programs`,
    `${steps} steps`,
    `${boxes} boxes`,
    `${invocation.findings.size} findings`,
    `${invocation.tally.coverage().length} kinds of answers`,
    ...(infrastructure > 0 ? [`${infrastructure} broken by the machine`] : []),
    ...leftTexts(limits, programs, nowMs - invocation.startedAt.getTime()),
  ].join(', ');
}

const leftTexts = (limits: Limits, programs: number, elapsedMs: number): string[] => [
  ...(limits.programs === undefined ? [] : [`${Math.max(0, limits.programs - programs)} programs left`]),
  ...(limits.for === undefined ? [] : [`${duration(Math.max(0, limits.for - elapsedMs))} left`]),
];
