import * as fc from 'fast-check';
import type { AnyText } from '../domain/any-text.ts';
import type { Data, Fill, Pattern } from '../domain/fill.ts';
import type { Work } from '../domain/work.ts';
import { weighted } from './balance.ts';
import { files } from './values.ts';

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
      { weight: 4, arbitrary: fc.constantFrom(300_000, 524_289, MOST) },
    )
    .map((size) => Math.min(size, most));

/** Data told by its size, of one of these patterns. */
const fills = <P extends Pattern>(patterns: readonly P[], most = MOST): fc.Arbitrary<Fill & { pattern: P }> =>
  fc.record({ size: sizes(most), pattern: fc.constantFrom(...patterns) });

/** Text: what is no text a runtime is known to change on its way. */
const texts = ['lines', 'line', 'text', 'text'] as const;
const anyBytes = [...texts, 'bytes', 'bytes'] as const;

/** Literal text that a line, a table or a fixed buffer might do harm to: nothing, and characters of two to four bytes. */
const BEYOND_ASCII = 'grüße 漢字 🙂';
const literal = fc.constantFrom('', BEYOND_ASCII);

/** Text for a file, and bytes for one. */
const fileText: fc.Arbitrary<string | Fill> = seldom(fills(anyBytes), literal);
export const fileData: fc.Arbitrary<Data> = seldom(fills(anyBytes), fc.constant(''));

/** A file with a name that is awkward for a shell and for what knows only ASCII; reads find it where one was written. */
const awkwardFile = '/root/grüße 1';

/** Now and then a file with an awkward name in place of the first. */
export const named = <S extends { readonly path: string }>(step: S): fc.Arbitrary<S> =>
  step.path === files[0]
    ? seldom(fc.constant(step), fc.constant({ ...step, path: awkwardFile }))
    : fc.constant(step);

/** Text that a process is fed while it runs. */
export const sent: fc.Arbitrary<Fill> = fills(texts, 100_000);

const MUCH: Fill = { size: 300_000, pattern: 'line' };

/** What a command that reads is fed: little, no text, more than a pipe holds, anything. */
export const feeds: fc.Arbitrary<Data | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Data | undefined>(undefined, 'in\n', '', '\0\x01\xff\r\n', MUCH) },
  { weight: 5, arbitrary: seldom(fills(texts), fills(['bytes'])) },
);

/** Words of a command line. The lab's goes through one word of a shell, of which the kernel takes 128 KiB. */
const words: fc.Arbitrary<AnyText[]> = fc
  .tuple(
    fc.array(fc.constantFrom('', 'a b', "it's", '$HOME', 'ü\n', '-n', '--', '*', '\\'), { maxLength: 4 }),
    fc.option(fc.oneof(fills(['line', 'lines'], 32_768), fills(['text'], 1_000)), { freq: 2 }),
  )
  .map(([short, long]) => (long ? [...short, long] : short));

const streams = weighted([
  [undefined, 3],
  ['err', 1],
  ['both', 3],
] as const);

/** What a workload writes and how it ends, of which no rule of the contract asks. */
const details = {
  out: fc.constantFrom('out\n', '', BEYOND_ASCII),
  err: fc.constantFrom('err\n', '', BEYOND_ASCII),
  after: fc.constantFrom('late\n', '', BEYOND_ASCII),
  value: literal,
  code: fc.constantFrom(0, 4, 42, 200),
  onTerm: fc.constantFrom(0, 5, 42, 200),
};

/** Now and then the same workload with other texts and codes. Text of one that stays tells that it has come so far. */
function reworded(work: Work): fc.Arbitrary<Work> {
  const { out, onTerm, ...others } = details;
  const own = {
    ...others,
    out: work.do === 'hold' ? fc.constant(work.out && BEYOND_ASCII) : out,
    ...('onTerm' in work && work.onTerm !== 'ignored' && { onTerm }),
  };
  const some = Object.entries(own).filter(([field]) => field in work);
  const other = fc.record(Object.fromEntries(some)).map((given) => ({ ...work, ...given }) as Work);
  return some.length === 0 ? fc.constant(work) : seldom(fc.constant(work), other);
}

/** The same workload with other sizes, texts and codes, where it has some. */
export const resized = (work: Work): fc.Arbitrary<Work> => reworded(work).chain(ofOtherSize);

function ofOtherSize(work: Work): fc.Arbitrary<Work> {
  switch (work.do) {
    case 'flood':
      return fc.tuple(seldom(fills(texts), fills(['bytes'])), streams).map(([{ size, pattern }, to]) => ({
        do: 'flood',
        bytes: size,
        ...(pattern === 'lines' ? {} : { pattern }),
        ...(to && { to }),
        code: work.code,
      }));
    case 'args':
      return words.map((args) => ({ do: 'args', args }));
    case 'write':
      return often(work, fileText, (data) => ({ ...work, data })).chain(named);
    default:
      return fc.constant(work);
  }
}

/** The step with such a workload; a terminal has one stream, in which nothing tells two apart. */
export const sized = <S extends { work: Work; tty?: boolean | undefined }>(step: S): fc.Arbitrary<S> =>
  step.tty ? fc.constant(step) : resized(step.work).map((work) => ({ ...step, work }));

/** Mostly one, now and then the other. */
function seldom<T, O>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<O>): fc.Arbitrary<T | O> {
  return fc.oneof({ weight: 7, arbitrary: usual as fc.Arbitrary<T | O> }, { weight: 1, arbitrary: other });
}

/** Mostly the thing as it is, else with data told by size. */
export const often = <T, D>(thing: T, some: fc.Arbitrary<D>, withData: (data: D) => T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(thing) }, { weight: 1, arbitrary: some.map(withData) });
