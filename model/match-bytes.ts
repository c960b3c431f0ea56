import type { Bytes } from '../domain/bytes.ts';
import type { BytesExpect } from './expect.ts';

/** Bytes for a person: short ones quoted, long ones by their ends. */
export function brief(bytes: Bytes): string {
  if (bytes.length <= 60) return JSON.stringify(bytes);
  return `${JSON.stringify(bytes.slice(0, 24))}…${JSON.stringify(bytes.slice(-16))} (${bytes.length} bytes)`;
}

/** Why the bytes are not what is expected; null where they are. */
export function bytesDifference(what: string, expect: BytesExpect, seen: Bytes): string | null {
  if ('anything' in expect) return null;
  if ('exactly' in expect) {
    return seen === expect.exactly ? null : `${what} is ${brief(seen)}, not ${brief(expect.exactly)}`;
  }
  if ('prefixOf' in expect) {
    return expect.prefixOf.startsWith(seen)
      ? null
      : `${what} ${brief(seen)} is no prefix of ${brief(expect.prefixOf)}`;
  }
  if ('suffixOf' in expect) {
    const { suffixOf, atLeast } = expect;
    if (!suffixOf.endsWith(seen)) return `${what} ${brief(seen)} is no suffix of ${brief(suffixOf)}`;
    if (seen.length >= atLeast) return null;
    return `${what} holds ${seen.length} bytes of a suffix, at least ${atLeast} must be kept`;
  }
  if ('contains' in expect) {
    const missing = expect.contains.find((part) => !seen.includes(part));
    return missing === undefined ? null : `${what} ${brief(seen)} lacks ${brief(missing)}`;
  }
  if ('numbers' in expect) return numbersDifference(what, expect.numbers, seen);
  if ('metrics' in expect) return metricsDifference(what, expect.metrics, seen);
  if ('atMostLines' in expect) return linesDifference(what, expect.atMostLines, seen);
  return mountsDifference(expect, seen);
}

function numbersDifference(
  what: string,
  wanted: Extract<BytesExpect, { numbers: unknown }>['numbers'],
  seen: Bytes,
): string | null {
  const told = objectOf(seen);
  if (!told) return `${what} ${brief(seen)} is no JSON object`;
  for (const [name, [least, most]] of Object.entries(wanted)) {
    const value = told[name];
    if (typeof value !== 'number') return `${what} has no number ${name}`;
    if (value < least) return `${name} is ${value}, less than ${least}`;
    if (most !== null && value > most) return `${name} is ${value}, more than ${most}`;
  }
  return null;
}

/** Rows of `stats --format json`. */
function metricsDifference(what: string, names: readonly string[], seen: Bytes): string | null {
  const rows = jsonOf(seen);
  if (!Array.isArray(rows)) return `${what} ${brief(seen)} is no JSON array`;
  for (const [i, name] of names.entries()) {
    const row: Record<string, unknown> = rows[i] ?? {};
    if (row.Metric !== name) return `row ${i + 1} is ${JSON.stringify(row.Metric)}, not ${name}`;
    if (typeof row.Value !== 'string') return `${name} has no text for its value`;
  }
  return rows.length === names.length ? null : `${what} has ${rows.length} rows, not ${names.length}`;
}

function linesDifference(what: string, atMost: number, seen: Bytes): string | null {
  const lines = seen.replace(/\n$/u, '').split('\n').length;
  return seen === '' || lines <= atMost ? null : `${what} has ${lines} lines, more than ${atMost}`;
}

const objectOf = (text: Bytes): Record<string, unknown> | null => {
  const value = jsonOf(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : null;
};

function jsonOf(text: Bytes): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type MountsExpect = Extract<BytesExpect, { mounts: unknown }>;

/** Lines of /proc/mounts: `tag path type options …` (contract 6.3). */
function mountsDifference(expect: MountsExpect, seen: Bytes): string | null {
  const lines = seen.split('\n').map((line) => line.split(' '));
  for (const { at, mode } of expect.mounts) {
    const line = lines.findLast((fields) => fields[1] === at);
    if (!line) return `/proc/mounts has no line for ${at}`;
    if (line[2] !== 'virtiofs') return `${at} is a ${line[2]} mount, not virtiofs`;
    const options = (line[3] ?? '').split(',');
    if (!options.includes(mode)) return `${at} is mounted ${options[0]}, not ${mode}`;
  }
  const shown = expect.hidden.find((at) => lines.some((fields) => fields[1] === at));
  return shown === undefined ? null : `/proc/mounts shows ${shown}, which must stay hidden`;
}
