import { workScript } from '../../commands/work.ts';
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

/** Shell text that is put into a line as it is. */
export interface Raw {
  readonly raw: string;
}

/** Text for the shell itself, not quoted. */
export const raw = (text: string): Raw => ({ raw: text });

/** Words of a command line, quoted and joined; the script of workloads is the shell variable that holds it. */
export const line = (...words: (string | Word | Raw)[]): string =>
  words
    .map((word) => {
      if (word === workScript) return '"$WORK"';
      if (typeof word === 'string') return quoteWord([word]);
      return 'raw' in word ? word.raw : quoteWord(word);
    })
    .join(' ');

/** Lines that define the script of workloads, as it is and as the inside of a JSON string. */
export const workLines: readonly string[] = [
  '',
  '# What the boxes run: the same script for every workload.',
  `WORK=${quoteWord([workScript])}`,
  String.raw`WORK_JSON=$(printf '%s\n' "$WORK" | sed 's/[\\"]/\\&/g; $!s/$/\\n/' | tr -d '\n')`,
];

/** JSON text as a word; `{ $: NAME }` inside becomes a JSON string with the value of that shell variable. */
export function jsonWord(value: unknown): Word {
  const text = JSON.stringify(value, (_, part) => {
    if (part === workScript) return '\uE000WORK_JSON\uE001';
    return part !== null && typeof part === 'object' && '$' in part ? `\uE000${String(part.$)}\uE001` : part;
  });
  const parts = text.split(/(\uE000[^\uE001]*\uE001)/u);
  return parts.map((part) => (part.startsWith('\uE000') ? { $: part.slice(1, -1) } : part));
}
