import type { Bytes } from '../bytes.ts';

export interface Options {
  flags: Set<string>;
  values: Map<string, Bytes>;
  rest: Bytes[];
}

/**
 * Reads one-letter options in the way of getopt, operands last.
 * @param flags letters without a value. @param valued letters that take one, joined or as the next argument.
 * @returns null for an option that is in neither, or a value that is missing.
 */
export function options(args: Bytes[], flags: string, valued = ''): Options | null {
  const found: Options = { flags: new Set(), values: new Map(), rest: [] };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      found.rest.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      found.rest.push(...args.slice(at));
      break;
    }
    for (let letter = 1; letter < arg.length; letter += 1) {
      const name = arg[letter] ?? '';
      if (flags.includes(name)) found.flags.add(name);
      else if (valued.includes(name)) {
        const value = arg.slice(letter + 1) || args[++at];
        if (value === undefined) return null;
        found.values.set(name, value);
        break;
      } else return null;
    }
  }
  return found;
}

/** The files to read: stdin where none is named. */
export const operands = (rest: Bytes[]): Bytes[] => (rest.length > 0 ? rest : ['-']);

/** `-5` is `-n 5`. */
export const oldStyle = (args: Bytes[]): Bytes[] => args.map((arg) => arg.replace(/^-(\d+)$/, '-n$1'));

/** A count with `k`, `m` or `b` behind it; NaN for anything else. */
export const amount = (text: Bytes): number => {
  const match = /^\+?-?(\d+)([kmb]?)$/i.exec(text);
  if (!match) return Number.NaN;
  return Number(match[1]) * ({ k: 1024, m: 1_048_576, b: 512 }[match[2]?.toLowerCase() ?? ''] ?? 1);
};
