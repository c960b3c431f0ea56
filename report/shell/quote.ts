import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import { quote } from '../../domain/quote.ts';

/**
 * Text of a command line in which some parts are only known when the script runs. Literal parts are
 * strings; `{ $: 'box1' }` is the value of a shell variable.
 */
export type Word = readonly (string | { readonly $: string })[];

/** The same for a word with variables in it. */
export function quoteWord(word: Word): string {
  const parts = word.filter((part) => part !== '');
  if (parts.length === 0) return "''";
  return parts.map((part) => (typeof part === 'string' ? quote(part) : `"$${part.$}"`)).join('');
}

/**
 * Argument of `printf` that writes exactly these bytes: octal escapes for whatever is not a plain printable
 * character, so that the script itself stays ASCII. Three digits each, so that a digit may follow.
 */
export function printfFormat(bytes: Bytes): string {
  const escaped = bytes.replaceAll(/[^ !#$&(-[\]-~]/gsu, (c) => {
    const [first = 0] = toBuffer(c);
    return `\\${first.toString(8).padStart(3, '0')}`;
  });
  // A leading dash would be read as an option.
  return `'${escaped.replaceAll('%', '%%').replace(/^-/u, '\\055')}'`;
}
