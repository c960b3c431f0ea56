import { type Bytes, utf8 } from '../domain/bytes.ts';
import { variablesIn } from '../domain/variables.ts';
import type { BytesExpect } from './expect.ts';

/** Bytes for a person: short ones quoted, long ones by their ends. */
export function brief(bytes: Bytes): string {
  if (bytes.length <= 60) return JSON.stringify(bytes);
  return `${JSON.stringify(bytes.slice(0, 24))}…${JSON.stringify(bytes.slice(-16))} (${bytes.length} bytes)`;
}

/** Why lines are not whole numbers in these ranges; null where they are. */
export function betweenDifference(
  what: string,
  ranges: readonly (readonly [number, number])[],
  seen: Bytes,
): string | null {
  const lines = seen.trimEnd().split('\n');
  if (lines.length !== ranges.length || lines.some((one) => !/^\d+$/u.test(one)))
    return `${what} ${brief(seen)} is not ${ranges.length} lines with a number each`;
  const wrong = ranges.findIndex(([least, most], i) => Number(lines[i]) < least || Number(lines[i]) > most);
  return wrong < 0
    ? null
    : `line ${wrong + 1} of ${what} is ${lines[wrong]}, not from ${ranges[wrong]?.join(' to ')}`;
}

/** Why a hexadecimal number has not these bits; null where it has. */
export function bitsDifference(
  what: string,
  { set, clear }: { readonly set: readonly number[]; readonly clear: readonly number[] },
  seen: Bytes,
): string | null {
  const digits = seen.trimEnd();
  if (!/^[0-9a-f]+$/u.test(digits)) return `${what} ${brief(seen)} is no hexadecimal number`;
  const has = (bit: number) => (BigInt(`0x${digits}`) >> BigInt(bit)) % 2n === 1n;
  const missing = set.find((bit) => !has(bit));
  if (missing !== undefined) return `bit ${missing} of ${what} is not set`;
  const extra = clear.find(has);
  return extra === undefined ? null : `bit ${extra} of ${what} is set`;
}

/** Why the variables of programs are not these, each once; null where they are. */
export function variablesDifference(
  what: string,
  expect: Readonly<Record<Bytes, Bytes>>,
  seen: Bytes,
): string | null {
  const shown = variablesIn(seen);
  for (const [key, value] of Object.entries(expect)) {
    const values = shown.filter(([name]) => name === key);
    if (values.length !== 1) return `${what} has the variable ${brief(key)} ${values.length} times`;
    if (values[0]?.[1] !== value) return `${key} is ${brief(values[0]?.[1] ?? '')}, not ${brief(value)}`;
  }
  const [extra] = shown.filter(([name]) => !Object.hasOwn(expect, name));
  return extra ? `${what} has the variable ${brief(extra[0])}, which was not given` : null;
}

/** Why a JSON object has not these numbers within their bounds; null where it has. */
export function numbersDifference(
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

/** Why rows of `stats --format json` do not tell these metrics; null where they do. */
export function metricsDifference(what: string, names: readonly string[], seen: Bytes): string | null {
  const rows = jsonOf(seen);
  if (!Array.isArray(rows)) return `${what} ${brief(seen)} is no JSON array`;
  for (const [i, name] of names.entries()) {
    const row: Record<string, unknown> = rows[i] ?? {};
    if (row.Metric !== name) return `row ${i + 1} is ${JSON.stringify(row.Metric)}, not ${name}`;
    if (typeof row.Value !== 'string') return `${name} has no text for its value`;
  }
  return rows.length === names.length ? null : `${what} has ${rows.length} rows, not ${names.length}`;
}

/** Why there are more lines than so many; null where there are not. */
export function linesDifference(what: string, atMost: number, seen: Bytes): string | null {
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

/** A path as a line of /proc/mounts has it: what would end a field is written as an octal number. */
const escaped = (path: string): string =>
  path.replaceAll(/[ \t\n\\]/gu, (it) => `\\${it.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** Lines of /proc/mounts: `tag path type options …` (contract 6.3). */
export function mountsDifference(expect: MountsExpect, seen: Bytes): string | null {
  const lines = seen.split('\n').map((line) => line.split(' '));
  const lineAt = (at: string) => lines.findLast((fields) => fields[1] === utf8(escaped(at)));
  for (const { at, mode } of expect.mounts) {
    const line = lineAt(at);
    if (!line) return `/proc/mounts has no line for ${at}`;
    if (line[2] !== 'virtiofs') return `${at} is a ${line[2]} mount, not virtiofs`;
    const options = (line[3] ?? '').split(',');
    if (!options.includes(mode)) return `${at} is mounted ${options[0]}, not ${mode}`;
  }
  const shown = expect.hidden.find((at) => lineAt(at) !== undefined);
  return shown === undefined ? null : `/proc/mounts shows ${shown}, which must stay hidden`;
}
