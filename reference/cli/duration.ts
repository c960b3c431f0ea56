import { flagValue, type Parsed } from './parse.ts';
import { UsageError } from './usage.ts';

const unitS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };

/**
 * Seconds of a flag like `--auto-stop 15m`; undefined when it was not given.
 * @throws UsageError for anything but a whole number with an optional unit.
 */
export function durationOf(parsed: Parsed, name: string): number | undefined {
  const text = flagValue(parsed, name);
  if (text === undefined) return undefined;
  const match = /^(\d+)([smhd]?)$/.exec(text);
  if (!match)
    throw new UsageError(`invalid value '${text}' for '--${name} <DURATION>': write 30, 30s, 15m, 2h or 7d`);
  return Number(match[1]) * (unitS[match[2] ?? ''] ?? 1);
}
