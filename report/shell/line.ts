import { workScript } from '../../commands/work.ts';
import { type Bytes, toBuffer, utf8 } from '../../domain/bytes.ts';
import { quote } from '../../domain/quote.ts';
import { cutAtControls } from '../../domain/visible.ts';

/**
 * Text of a command line in which some parts are only known when the script runs. Literal parts are
 * strings; `{ $: 'box1' }` is the value of a shell variable.
 */
export type Word = readonly (string | { readonly $: string })[];

/** Quotes a word with variables in it. */
export function quoteWord(word: Word): string {
  let quoted = '';
  let text = '';
  for (const part of [...word, { $: '' }]) {
    if (typeof part === 'string') text += part;
    else {
      quoted += (text && quoteText(text)) + (part.$ && `"$${part.$}"`);
      text = '';
    }
  }
  return quoted || "''";
}

/**
 * Quotes text as one word. Control characters are made when the script runs: none stands in it, where it could
 * hide from a reader what the script does.
 * @throws RangeError for a NUL character, which no word can hold.
 */
export function quoteText(text: string): string {
  const whole = quote(text);
  const pieces = cutAtControls(text);
  if (pieces.length === 1) return whole;
  const made = (character: string): string => `"$(printf ${printfFormat(utf8(character))})"`;
  return pieces.map((piece, i) => (i % 2 === 1 ? made(piece) : piece && quote(piece))).join('');
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
  if (value === workScript) return ['"', { $: 'WORK_JSON' }, '"'];
  if (value === null || typeof value !== 'object') return [JSON.stringify(value)];
  if ('$' in value) return ['"', { $: String(value.$) }, '"'];
  if (Array.isArray(value)) return ['[', ...listed(value.map(jsonWord)), ']'];
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return ['{', ...listed(entries.map(([key, one]) => [`${JSON.stringify(key)}:`, ...jsonWord(one)])), '}'];
}

const listed = (words: readonly Word[]): Word =>
  words.flatMap((word, i) => (i === 0 ? word : [',', ...word]));
