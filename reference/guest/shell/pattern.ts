import type { Bytes } from '../bytes.ts';

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/** Marks a pattern character that is meant literally; no byte, so it cannot occur in text. */
export const literalMark = '\u0100';

/** Text that a pattern matches only as itself. */
export const literal = (text: Bytes): Bytes => text.replace(/[*?[\]\\]/g, `${literalMark}$&`);

/** Whether there is anything special in a pattern. */
export const isPattern = (pattern: Bytes): boolean => /(?<!\u0100)(?:[*?]|\[.*\])/s.test(pattern);

/** A pattern without its marks. */
export const unmarked = (pattern: Bytes): Bytes => pattern.replaceAll(literalMark, '');

/** Source of a regular expression for a shell pattern. */
export function patternSource(pattern: Bytes, lazy = false): string {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === literalMark) source += escaped(pattern[++at] ?? '');
    else if (char === '*') source += lazy ? '[^]*?' : '[^]*';
    else if (char === '?') source += '[^]';
    else if (char === '[') {
      const [set, next] = bracket(pattern, at);
      source += set;
      at = next;
    } else if (char === '\\' && at + 1 < pattern.length) source += escaped(pattern[++at] ?? '');
    else source += escaped(char);
  }
  return source;
}

/** Whether a whole text fits a pattern. */
export const matches = (pattern: Bytes, text: Bytes): boolean =>
  new RegExp(`^(?:${patternSource(pattern)})$`).test(text);

const escaped = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The set that begins at `[`, and where it ends; a `[` that is never closed is itself. */
function bracket(pattern: Bytes, from: number): [string, number] {
  let at = from + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at += 1;
  let set = '';
  for (let first = true; at < pattern.length; first = false, at += 1) {
    const char = pattern[at] ?? '';
    if (char === ']' && !first) return [`[${negated ? '^' : ''}${set}]`, at];
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(at, at + 12));
    if (named?.[1] && classes[named[1]]) {
      set += classes[named[1]];
      at += named[0].length - 1;
    } else if (char === literalMark) set += escaped(pattern[++at] ?? '');
    else set += char === '-' ? '-' : escaped(char);
  }
  return ['\\[', from];
}
