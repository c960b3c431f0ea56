import { type Bytes, toBuffer } from '../../domain/bytes.ts';

/**
 * Text of a command line in which some parts are only known when the script runs. Literal parts are
 * strings; `{ $: 'box1' }` is the value of a shell variable.
 */
export type Word = readonly (string | { readonly $: string })[];

const plain = /^[A-Za-z0-9_@%+=:,./-]+$/u;

/**
 * One word for a POSIX shell: what the shell makes of it is exactly `text`. NUL cannot be part of a word.
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new RangeError('a shell word cannot hold a NUL character');
  return plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

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
