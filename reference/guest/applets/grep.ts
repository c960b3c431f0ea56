import type { Bytes } from '../bytes.ts';
import { type Call, complain, each, lines, print, usage } from './applet.ts';
import { operands, options } from './options.ts';

/** `grep [-EFivqcnxwlho] [-e] PATTERN [FILE…]`: 0 found, 1 not, 2 trouble. */
export async function grep(call: Call): Promise<number> {
  const parsed = options(call.args, 'EFGivqcnxwlhHosa', 'em');
  if (!parsed) return usage(call);
  const pattern = parsed.values.get('e') ?? parsed.rest.shift();
  if (pattern === undefined) return usage(call);
  const { flags } = parsed;
  const fixed = flags.has('F') || call.name === 'fgrep';
  const extended = flags.has('E') || call.name === 'egrep';
  const expression = compile(pattern, fixed ? 'fixed' : extended ? 'extended' : 'basic', flags);
  if (!expression) return complain(call, `bad regex '${pattern}'`, 2);
  const paths = operands(parsed.rest);
  const titled = (paths.length > 1 || flags.has('H')) && !flags.has('h');
  let found = false;
  const code = await each(call, paths, async (path) => {
    const hits = await search(call, path, expression, flags, titled ? `${path}:` : '');
    found ||= hits > 0;
    if (flags.has('l') && hits > 0) await print(call, `${path}\n`);
    if (flags.has('c')) await print(call, `${titled ? `${path}:` : ''}${hits}\n`);
  });
  return found ? 0 : code === 0 ? 1 : 2;
}

async function search(
  call: Call,
  path: Bytes,
  expression: RegExp,
  flags: Set<string>,
  title: Bytes,
): Promise<number> {
  const silent = flags.has('q') || flags.has('c') || flags.has('l');
  let hits = 0;
  let number = 0;
  for await (const line of lines(call, path)) {
    number += 1;
    const text = line.replace(/\n$/, '');
    if (expression.test(text) === flags.has('v')) continue;
    hits += 1;
    if (flags.has('q')) return hits;
    const prefix = title + (flags.has('n') ? `${number}:` : '');
    if (silent) continue;
    if (!flags.has('o')) await print(call, `${prefix}${text}\n`);
    else
      for (const [match] of text.matchAll(new RegExp(expression, `${expression.flags}g`)))
        await print(call, `${prefix}${match}\n`);
  }
  return hits;
}

/** null when the expression is wrong. */
function compile(pattern: Bytes, kind: Syntax, flags: Set<string>): RegExp | null {
  const alternatives = pattern.split('\n').map((each) => regexSource(each, kind));
  let source = alternatives.map((each) => `(?:${each})`).join('|');
  if (flags.has('w')) source = `(?<!\\w)(?:${source})(?!\\w)`;
  if (flags.has('x')) source = `^(?:${source})$`;
  try {
    return new RegExp(source, flags.has('i') ? 'i' : '');
  } catch {
    return null;
  }
}

export type Syntax = 'fixed' | 'basic' | 'extended';

/** A POSIX expression in this language's notation: in the basic syntax the meaning of a backslash is turned round. */
export function regexSource(pattern: Bytes, kind: Syntax): string {
  if (kind === 'fixed') return pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const classed = pattern
    .replaceAll('[:alpha:]', 'A-Za-z')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:alnum:]', 'A-Za-z0-9')
    .replaceAll('[:space:]', '\\s')
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:lower:]', 'a-z');
  if (kind === 'extended') return classed;
  return classed
    .replace(/\[[^\]]*\]|\\([(){}|+?])|([(){}|+?])/g, (whole, escaped?: string, plain?: string) =>
      escaped ? escaped : plain ? `\\${plain}` : whole,
    )
    .replace(/^\*/, '\\*');
}
