import * as fc from 'fast-check';
import type { AnyText } from '../domain/any-text.ts';
import type { Data, Fill, Pattern } from '../domain/fill.ts';
import type { Work } from '../domain/work.ts';
import { weighted } from './balance.ts';

/** Where something changes on the way of bytes: a page, buffers, a pipe, a message, the kept output. */
const limits = [4_096, 8_192, 32_768, 65_536, 131_072, 262_144];

/** What is drawn at most: a megabyte is dear where machines are emulated. */
const MOST = 1_000_000;

/** Sizes over six orders of magnitude, many of them at a limit. */
const sizes = (most: number): fc.Arbitrary<number> =>
  fc
    .oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...limits), fc.constantFrom(-1, 0, 1))
          .map(([limit, more]) => limit + more),
      },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 10, 100, 1_000, 10_000))
          .map(([digit, power]) => digit * power),
      },
      { weight: 3, arbitrary: fc.constantFrom(300_000, 524_289, MOST) },
    )
    .map((size) => Math.min(size, most));

/** Data told by its size, of one of these patterns. */
const fills = <P extends Pattern>(patterns: readonly P[], most = MOST): fc.Arbitrary<Fill & { pattern: P }> =>
  fc.record({ size: sizes(most), pattern: fc.constantFrom(...patterns) });

/** Text: what is no text a runtime is known to change on its way. */
const texts = ['lines', 'line', 'text', 'text'] as const;
const anyBytes = [...texts, 'bytes', 'bytes'] as const;

/** Bytes for a file. */
export const fileData: fc.Arbitrary<Fill> = fills(anyBytes);

/** Text that a process is fed while it runs. */
export const sent: fc.Arbitrary<Fill> = fills(texts, 100_000);

const MUCH: Fill = { size: 70_000, pattern: 'line' };

/** What a command that reads is fed: little, no text, more than a pipe holds, anything. */
export const feeds: fc.Arbitrary<Data | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Data | undefined>(undefined, 'in\n', '\0\x01\xff\r\n', MUCH) },
  { weight: 3, arbitrary: fills(texts) },
);

/** Words of a command line. The lab's goes through one word of a shell, of which the kernel takes 128 KiB. */
const words: fc.Arbitrary<AnyText[]> = fc
  .tuple(
    fc.array(fc.constantFrom('', 'a b', "it's", '$HOME', 'ü\n', '-n', '--', '*', '\\'), { maxLength: 4 }),
    fc.option(fc.oneof(fills(['line'], 32_768), fills(['text'], 1_000)), { freq: 2 }),
  )
  .map(([short, long]) => (long ? [...short, long] : short));

const streams = weighted([
  [undefined, 3],
  ['err', 1],
  ['both', 3],
] as const);

/** The same workload with other sizes, where it has one. */
export function resized(work: Work): fc.Arbitrary<Work> {
  switch (work.do) {
    case 'flood':
      return fc.tuple(fills(texts), streams).map(([{ size, pattern }, to]) => ({
        do: 'flood',
        bytes: size,
        ...(pattern === 'lines' ? {} : { pattern }),
        ...(to && { to }),
        code: work.code,
      }));
    case 'args':
      return words.map((args) => ({ do: 'args', args }));
    case 'write':
      return often(work, fileData, (data) => ({ ...work, data }));
    default:
      return fc.constant(work);
  }
}

/** The step with such a workload; a terminal has one stream, in which nothing tells two apart. */
export const sized = <S extends { work: Work; tty?: boolean | undefined }>(step: S): fc.Arbitrary<S> =>
  step.tty ? fc.constant(step) : resized(step.work).map((work) => ({ ...step, work }));

/** Mostly the thing as it is, else with data told by size. */
export const often = <T>(thing: T, some: fc.Arbitrary<Fill>, withData: (data: Fill) => T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(thing) }, { weight: 1, arbitrary: some.map(withData) });
