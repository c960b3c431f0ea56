import type { Bytes } from '../bytes.ts';
import type { Redirection, Word } from './ast.ts';
import { parseSubstitution } from './parse.ts';
import type { Scanner } from './scanner.ts';
import { parseWord } from './words.ts';

const start = /(\d*)(<<-|<<|<&|<>|<|>>|>&|>\||>)/y;

/** A redirection when one begins here, else null. */
export function parseRedirection(scanner: Scanner): Redirection | null {
  scanner.skipBlanks();
  if (scanner.take('&>')) return { is: 'both', append: scanner.take('>'), target: target(scanner) };
  start.lastIndex = scanner.at;
  const match = start.exec(scanner.text);
  if (!match) return null;
  const [whole, digits, operator = ''] = match;
  scanner.at += whole.length;
  const fd = digits ? Number(digits) : operator.startsWith('<') ? 0 : 1;
  switch (operator) {
    case '<<':
    case '<<-':
      return here(scanner, fd, operator === '<<-');
    case '<&':
    case '>&':
      return { is: 'duplicate', fd, target: target(scanner) };
    case '>|':
      return { is: 'file', fd, operator: '>', target: target(scanner) };
    default:
      return { is: 'file', fd, operator: operator as '<' | '>' | '>>' | '<>', target: target(scanner) };
  }
}

function target(scanner: Scanner): Word {
  scanner.skipBlanks();
  const word = parseWord(scanner, parseSubstitution);
  return word.length > 0 ? word : scanner.unexpected();
}

function here(scanner: Scanner, fd: number, stripTabs: boolean): Redirection {
  const word = target(scanner);
  const delimiter: Bytes = word.map((part) => (part.is === 'text' ? part.text : '')).join('');
  const literal = word.some((part) => part.is === 'text' && part.quoted);
  const document = { body: [] as Word };
  scanner.pendingHere.push({ delimiter, literal, stripTabs, document });
  return { is: 'here', fd, document };
}
