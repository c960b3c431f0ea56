import type { Bytes } from '../bytes.ts';
import type { Node, Part, Word } from './ast.ts';
import { parseDollar } from './dollar.ts';
import type { Scanner } from './scanner.ts';
import { SyntaxFault } from './syntax-error.ts';

/** Parses the commands of a `$(…)` up to its closing parenthesis; given by the grammar. */
export type ParseCommands = (scanner: Scanner) => Node;

const text = (value: Bytes, quoted: boolean): Part => ({ is: 'text', text: value, quoted });

/**
 * Parses pieces of a word until `stop` says so, which is asked before every unquoted character.
 * @param quoted the whole is inside double quotes.
 */
export function parseParts(
  scanner: Scanner,
  commands: ParseCommands,
  stop: (char: string) => boolean,
  quoted = false,
): Word {
  const parts: Word = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') parts.push(text(plain, quoted));
    plain = '';
  };
  const add = (...more: Part[]) => {
    flush();
    parts.push(...more);
  };
  while (!scanner.done && !stop(scanner.peek())) {
    const char = scanner.peek();
    if (char === '\\') {
      const escaped = backslash(scanner, quoted);
      if (quoted) plain += escaped;
      else if (escaped !== '') add(text(escaped, true));
    } else if (char === "'" && !quoted) add(text(singleQuoted(scanner), true));
    else if (char === '"') add(...doubleQuoted(scanner, commands));
    else if (char === '$' || char === '`') {
      const part = parseDollar(scanner, commands, quoted);
      if (typeof part === 'string') plain += part;
      else add(part);
    } else {
      plain += char;
      scanner.at += 1;
    }
  }
  flush();
  return parts;
}

/** Parses one word of a command; empty when none begins here. */
export const parseWord = (scanner: Scanner, commands: ParseCommands): Word =>
  parseParts(scanner, commands, (char) => ' \t\r\n;&|<>()'.includes(char));

function backslash(scanner: Scanner, quoted: boolean): Bytes {
  const next = scanner.text[scanner.at + 1];
  if (next === undefined) {
    scanner.at += 1;
    return '\\';
  }
  scanner.at += 2;
  if (next === '\n') return '';
  return quoted && !'$`"\\'.includes(next) ? `\\${next}` : next;
}

function singleQuoted(scanner: Scanner): Bytes {
  const end = scanner.text.indexOf("'", scanner.at + 1);
  if (end < 0) throw new SyntaxFault('syntax error: unterminated quoted string', true);
  const inside = scanner.text.slice(scanner.at + 1, end);
  scanner.at = end + 1;
  return inside;
}

function doubleQuoted(scanner: Scanner, commands: ParseCommands): Word {
  scanner.at += 1;
  const parts = scanner.nested(() => parseParts(scanner, commands, (char) => char === '"', true));
  if (scanner.done) throw new SyntaxFault('syntax error: unterminated quoted string', true);
  scanner.at += 1;
  // An empty pair of quotes is still a field.
  return parts.length > 0 ? parts : [text('', true)];
}
