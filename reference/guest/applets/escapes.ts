import type { Bytes } from '../bytes.ts';

const simple: Record<string, Bytes> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/**
 * Replaces backslash escapes: letters, octal `\NNN` (with `echo` and `%b` also `\0NNN`) and `\xHH`.
 * @returns the text, and whether a `\c` said that nothing more is to be printed.
 */
export function backslashes(text: Bytes, leadingZero: boolean): { text: Bytes; stop: boolean } {
  let stop = false;
  const octal = leadingZero ? '0?[0-7]{1,3}' : '[0-7]{1,3}';
  const pattern = new RegExp(`\\\\(?:(${octal})|x([0-9a-fA-F]{1,2})|([^]))`, 'g');
  const cut = leadingZero ? /^((?:[^\\]|\\[^c])*)\\c/.exec(text) : null;
  if (cut) stop = true;
  const done = (cut?.[1] ?? text).replace(
    pattern,
    (whole, octalDigits?: string, hex?: string, letter?: string) => {
      if (octalDigits !== undefined) return String.fromCharCode(Number.parseInt(octalDigits, 8) & 255);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return simple[letter ?? ''] ?? whole;
    },
  );
  return { text: done, stop };
}
