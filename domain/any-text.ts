import { z } from 'zod';
import { type Bytes, toBuffer, utf8 } from './bytes.ts';
import { type Fill, filled, fillFields, type Pattern } from './fill.ts';
import { LONGEST_WORD, text } from './text.ts';

/** Patterns that a command line can carry. */
const texts = ['lines', 'line', 'text'] as const satisfies readonly Pattern[];

/** Text of a program, literal or told by size. */
export const anyText = z.union([
  text,
  z.strictObject({ size: fillFields.size.max(LONGEST_WORD), pattern: z.enum(texts) }),
]);
export type AnyText = z.infer<typeof anyText>;

/** Gives text as a command line has it, however it is told. */
export const textOf = (told: AnyText): string =>
  typeof told === 'string' ? told : toBuffer(filled(told)).toString('utf8');

/** Gives the bytes that text becomes. */
export const textBytes = (told: string | Fill): Bytes =>
  typeof told === 'string' ? utf8(told) : filled(told);
