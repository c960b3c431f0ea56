import type { Bytes } from '../../domain/bytes.ts';
import { counted } from '../../domain/counted.ts';
import type { BytesExpect } from '../../model/expect.ts';
import { sha256 } from '../abbreviate.ts';

const LONGEST = 120;

/** Bytes for a line of text: a JSON string, or beginning, length and hash of a long one. */
export function describeBytes(bytes: Bytes): string {
  if (bytes.length <= LONGEST) return quoted(bytes);
  return `${quoted(bytes.slice(0, 32))}… (${bytes.length} bytes, sha256 ${sha256(bytes).slice(0, 12)})`;
}

/** What bytes may be, for a line of text. */
export function describeBytesExpect(expect: BytesExpect): string {
  if ('exactly' in expect)
    return expect.exactly === '' ? 'nothing' : `exactly ${describeBytes(expect.exactly)}`;
  if ('prefixOf' in expect) return `${describeBytes(expect.prefixOf)} or a beginning of it`;
  if ('suffixOf' in expect) {
    return `${describeBytes(expect.suffixOf)} or its last ${expect.atLeast} bytes at least`;
  }
  if ('contains' in expect) return describeParts(expect.contains.filter((part) => part !== ''));
  if ('mounts' in expect) return describeMounts(expect.mounts, expect.hidden);
  if ('between' in expect) return describeRanges(expect.between);
  if ('bits' in expect) return describeBits(expect.bits);
  if ('variables' in expect) return describeVariables(expect.variables);
  if ('numbers' in expect) return describeNumbers(expect.numbers);
  if ('metrics' in expect) return `rows of ${expect.metrics.join(', ')}`;
  if ('atMostLines' in expect) return `at most ${counted(expect.atMostLines, 'line')}`;
  return 'anything';
}

const describeRanges = (ranges: readonly (readonly [number, number])[]): string =>
  `lines ${ranges.map(([least, most]) => (most < Number.MAX_SAFE_INTEGER ? `${least} to ${most}` : `${least} or more`)).join(', ')}`;

const describeBits = (bits: { readonly set: readonly number[]; readonly clear: readonly number[] }): string =>
  `bits ${bits.set.join(' ') || 'of any kind'}; not ${bits.clear.join(' ') || 'any in particular'}`;

const describeVariables = (variables: Readonly<Record<Bytes, Bytes>>): string =>
  Object.keys(variables).length === 0
    ? 'no variables of ours'
    : `variables ${describeBytes(
        Object.entries(variables)
          .map((pair) => pair.join('='))
          .join(' '),
      )}`;

const describeNumbers = (wanted: Extract<BytesExpect, { numbers: unknown }>['numbers']): string =>
  Object.entries(wanted)
    .map(([name, [least, most]]) => `${name} ${describeBounds(least, most)}`)
    .join(', ');

function describeBounds(least: number, most: number | null): string {
  if (most === null) return `of at least ${least}`;
  return least === most ? `of ${least}` : `from ${least} to ${most}`;
}

const describeParts = (parts: readonly Bytes[]): string =>
  parts.length === 0 ? 'anything' : `something with ${parts.map(describeBytes).join(' and ')}`;

function describeMounts(mounts: readonly { at: string; mode: string }[], hidden: readonly string[]): string {
  const shown = mounts.map((mount) => `${mount.at} (${mount.mode})`).join(', ') || 'none of ours';
  return `mounts: ${shown}${hidden.length > 0 ? `; not: ${hidden.join(', ')}` : ''}`;
}

/** Control and high bytes as \xNN, so that a trace stays readable and one line stays one line. */
const quoted = (bytes: Bytes): string =>
  JSON.stringify(bytes).replaceAll(
    /[\x7f-\uffff]/gu,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
