import { InvalidArgumentError } from 'commander';
import { UsageError } from '../cli/errors.ts';

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Longest time a run may be told to take: a week. */
const LONGEST_MS = 7 * 24 * units.h;

/** `90s`, `30m` or `2h` in milliseconds; one number, one unit, nothing else. */
export function durationMs(text: string): number {
  const [, number, unit] = /^([1-9][0-9]*)([smh])$/u.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('it must be a number and a unit: 90s, 30m or 2h.');
  const ms = Number(number) * units[unit as keyof typeof units];
  if (ms > LONGEST_MS) throw new InvalidArgumentError('at most a week (168h).');
  return ms;
}

/** A whole number within bounds, for an option. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^-?[0-9]+$/u.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`it must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };

/** A part of the whole, 0 to 1. */
export function share(text: string): number {
  const value = /^(0|1|0?\.[0-9]+|[01]\.[0-9]+)$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 1))
    throw new InvalidArgumentError('it must be a number from 0 to 1, such as 0.25.');
  return value;
}

/** Most seeds one run takes. */
const MOST_SEEDS = 100_000;

/** Seeds such as `1,2,10-19`, in the order given. */
export function seedList(text: string): number[] {
  const words = text.trim().split(/[\s,]+/u);
  const seeds = words.flatMap(seedRange);
  if (seeds.length > MOST_SEEDS) throw new InvalidArgumentError(`at most ${MOST_SEEDS} seeds.`);
  return seeds;
}

function seedRange(text: string): number[] {
  const [, from, to] = /^(-?[0-9]{1,10})(?:-([0-9]{1,10}))?$/u.exec(text) ?? [];
  const first = Number(from);
  const last = Number(to ?? from);
  if (from === undefined || last < first || !isSeed(first) || !isSeed(last) || last - first >= MOST_SEEDS) {
    throw new InvalidArgumentError(
      `seeds are 32-bit numbers and ranges of at most ${MOST_SEEDS} of them, such as 1,2,10-19; got "${text}".`,
    );
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const isSeed = (seed: number): boolean => seed >= -0x8000_0000 && seed <= 0xffff_ffff;

/**
 * An http or https address, in which no secret can be.
 * @throws UsageError that does not tell what was given
 */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/u.test(url.protocol) || /[@?#]/u.test(text)) {
    throw new UsageError(
      '--url: it must be an address such as http://127.0.0.1:8100, without user, password, query and fragment; a key goes into BOXLITE_API_KEY',
    );
  }
  return text.replace(/\/+$/u, '');
}

/**
 * The key of a server, as it can stand in a header.
 * @throws UsageError that does not tell what was given
 */
export function apiKey(text: string): string {
  if (/^[\w.~+/=-]{6,}$/u.test(text)) return text;
  throw new UsageError('--api-key, or BOXLITE_API_KEY: it must be 6 or more letters, digits and -._~+/=');
}

/** Comma separated names. */
export const names = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
