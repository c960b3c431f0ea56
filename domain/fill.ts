import { z } from 'zod';
import { type Bytes, everyByte, utf8 } from './bytes.ts';
import { byteText } from './text.ts';

/** What stands again and again in data that is told by its size. */
const units = {
  /** Lines of sixteen bytes. */
  lines: '0123456789abcde\n',
  /** One line without an end. */
  line: 'x',
  /** Lines with characters of one to four bytes. They have eleven bytes, so that chunks of any usual size cut some of them. */
  text: utf8('aé漢🙂\n'),
  /** All 256 values: no text. */
  bytes: everyByte,
} as const satisfies Record<string, Bytes>;

/** A Pattern is the name of one of them. */
export type Pattern = keyof typeof units;

const size = z.int().min(1).max(4_000_000);

const patterns = z.enum(Object.keys(units) as Pattern[]);

/** The pattern and the size of data: fields of whatever writes some. */
export const fillFields = { size, pattern: patterns };

export const fill = z.strictObject(fillFields);

/** A Fill is data told by size and pattern, in place of as much literal text. */
export type Fill = z.infer<typeof fill>;

/** Bytes of a program, literal or told by size. */
export const data = z.union([byteText, fill]);
export type Data = z.infer<typeof data>;

/** Of text whole lines are written, as many as go into the size, one at least: half a character is none. */
export const textLines = ({ size }: Pick<Fill, 'size'>): number =>
  Math.max(1, Math.floor(size / units.text.length));

/** Those that were asked for: every prediction looks at them again. */
const kept = new Map<string, Bytes>();
const KEPT = 50;

/** Gives all bytes of data that is told by size. */
export function filled(fill: Fill): Bytes {
  const key = `${fill.pattern} ${fill.size}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  if (kept.size >= KEPT) kept.clear();
  const unit = units[fill.pattern];
  const bytes =
    fill.pattern === 'text'
      ? unit.repeat(textLines(fill))
      : unit.repeat(Math.ceil(fill.size / unit.length)).slice(0, fill.size);
  kept.set(key, bytes);
  return bytes;
}

/** Gives the bytes of data, however it is told. */
export const expanded = (data: Data): Bytes => (typeof data === 'string' ? data : filled(data));

/** Below this, bytes are as short as what tells their pattern. */
const LEAST = 200;

/** Finds the pattern of bytes that have one; null where they have none. */
export function fillOf(bytes: Bytes): Fill | null {
  if (bytes.length < LEAST) return null;
  const fills = patterns.options.map((pattern): Fill => ({ size: bytes.length, pattern }));
  return fills.find((fill) => filled(fill) === bytes) ?? null;
}
