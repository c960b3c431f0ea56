import type { Bytes } from '../../domain/bytes.ts';
import type { BytesExpect } from '../../model/expect.ts';
import { floodOf } from '../../model/work.ts';
import { printfFormat, quoteText } from './line.ts';

/** Longest byte string a script carries in itself; the pattern of `flood` needs no carrying. */
const LONGEST = 100_000;
const FLOOD_FROM = 200;

/** Shell lines to run first, and a condition that holds when the bytes in `file` are allowed. */
export interface Check {
  prepare: string[];
  condition: string;
}

/** A check of the bytes in a file. `name` is a file name for what is wanted, used by nothing else. */
export function checkBytes(expect: BytesExpect, file: string, name: string): Check {
  const wanted = `"$T/want.${name}"`;
  if ('exactly' in expect) return against(expect.exactly, wanted, `same ${file} ${wanted}`);
  if ('prefixOf' in expect) return against(expect.prefixOf, wanted, `is_prefix ${file} ${wanted}`);
  if ('suffixOf' in expect) {
    const least = Math.min(expect.atLeast, expect.suffixOf.length);
    return against(expect.suffixOf, wanted, `is_suffix ${file} ${wanted} ${least}`);
  }
  if ('contains' in expect) return holdsAll(expect.contains, file, name);
  if ('mounts' in expect) return { prepare: [], condition: checkMounts(expect, file) };
  if ('numbers' in expect) return { prepare: [], condition: checkNumbers(expect.numbers, file) };
  return { prepare: [], condition: ':' };
}

const checkNumbers = (least: Readonly<Record<string, number>>, file: string): string =>
  `has_numbers ${file} ${Object.entries(least)
    .map(([name, atLeast]) => `${name}:${atLeast}`)
    .join(' ')}`;

/** Conditions that must all hold. */
export const all = (conditions: readonly string[]): string =>
  conditions.filter((condition) => condition !== ':').join(' && ') || ':';

/** Lines that write bytes into a file. */
export function writeBytes(bytes: Bytes, file: string): string {
  if (bytes === '') return `: >${file}`;
  if (bytes.length >= FLOOD_FROM && bytes === floodOf(bytes.length)) {
    return `yes 0123456789abcde | head -c ${bytes.length} >${file}`;
  }
  return `printf ${printfFormat(bytes)} >${file}`;
}

const against = (bytes: Bytes, file: string, condition: string): Check =>
  bytes.length > LONGEST && bytes !== floodOf(bytes.length)
    ? { prepare: [`unseen 'the ${bytes.length} bytes that are too long for it'`], condition: ':' }
    : { prepare: [writeBytes(bytes, file)], condition };

function holdsAll(parts: readonly Bytes[], file: string, name: string): Check {
  const wanted = parts.filter((part) => part !== '');
  const place = (i: number): string => `"$T/want.${name}.${i}"`;
  return {
    prepare: wanted.map((part, i) => writeBytes(part, place(i))),
    condition: all(wanted.map((_, i) => `holds ${file} ${place(i)}`)),
  };
}

function checkMounts(expect: Extract<BytesExpect, { mounts: unknown }>, file: string): string {
  const shown = expect.mounts.map(({ at, mode }) => `mounted ${file} ${quoteText(at)} ${mode}`);
  const hidden = expect.hidden.map((at) => `! mounted ${file} ${quoteText(at)}`);
  return all([...shown, ...hidden]);
}
