import type { Bytes } from '../bytes.ts';
import type { Operator, Part, Word } from './ast.ts';
import { Scanner } from './scanner.ts';
import { SyntaxFault } from './syntax-error.ts';
import { type ParseCommands, parseParts } from './words.ts';

const nameAt = /[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?$!-]/y;
const bracedNameAt = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]/y;
const operators: Operator[] = ['##', '%%', '-', '=', '+', '?', '#', '%'];

const plainParameter = (name: Bytes, quoted: boolean): Part => ({
  is: 'parameter',
  name,
  operator: '',
  colon: false,
  word: [],
  quoted,
});

/** Parses what begins with `$` or a backquote; a lone `$` is text. */
export function parseDollar(scanner: Scanner, commands: ParseCommands, quoted: boolean): Part | Bytes {
  if (scanner.peek() === '`') return backquoted(scanner, commands, quoted);
  if (scanner.looksAt('$((')) {
    const part = arithmetic(scanner, commands, quoted);
    if (part) return part;
  }
  if (scanner.looksAt('$(')) return substitution(scanner, commands, quoted);
  if (scanner.looksAt('${')) return scanner.nested(() => braced(scanner, commands, quoted));
  const name = match(scanner, nameAt, scanner.at + 1);
  scanner.at += 1 + name.length;
  return name === '' ? '$' : plainParameter(name, quoted);
}

function match(scanner: Scanner, pattern: RegExp, at: number): Bytes {
  pattern.lastIndex = at;
  return pattern.exec(scanner.text)?.[0] ?? '';
}

function substitution(scanner: Scanner, commands: ParseCommands, quoted: boolean): Part {
  const from = scanner.at + 2;
  scanner.at = from;
  const body = scanner.nested(() => commands(scanner));
  if (!scanner.take(')')) scanner.unexpected(')');
  return { is: 'command', script: scanner.text.slice(from, scanner.at - 1), body, quoted };
}

function backquoted(scanner: Scanner, commands: ParseCommands, quoted: boolean): Part {
  let script = '';
  let at = scanner.at + 1;
  for (; scanner.text[at] !== '`'; at += 1) {
    if (at >= scanner.text.length) throw new SyntaxFault('syntax error: EOF in backquote substitution', true);
    const escaped = scanner.text[at] === '\\' && /[$`\\]/.test(scanner.text[at + 1] ?? '');
    if (escaped) at += 1;
    script += scanner.text[at];
  }
  scanner.at = at + 1;
  const inner = new Scanner(script);
  inner.depth = scanner.depth;
  const body = inner.nested(() => commands(inner));
  if (!inner.done) inner.unexpected();
  return { is: 'command', script, body, quoted };
}

/** null when the two parentheses turn out to be a subshell inside a substitution. */
function arithmetic(scanner: Scanner, commands: ParseCommands, quoted: boolean): Part | null {
  const start = scanner.at;
  scanner.at += 3;
  let open = 0;
  const expression = parseParts(
    scanner,
    commands,
    (char) => {
      if (char === '(') open += 1;
      if (char === ')') open -= 1;
      return open < 0;
    },
    true,
  );
  if (scanner.looksAt('))')) {
    scanner.at += 2;
    return { is: 'arithmetic', expression, quoted };
  }
  scanner.at = start;
  return null;
}

function braced(scanner: Scanner, commands: ParseCommands, quoted: boolean): Part {
  scanner.at += 2;
  const length = scanner.peek() === '#' && scanner.text[scanner.at + 1] !== '}';
  if (length) scanner.at += 1;
  const name = match(scanner, bracedNameAt, scanner.at);
  if (name === '') return bad(scanner);
  scanner.at += name.length;
  const colon = scanner.peek() === ':';
  if (colon) scanner.at += 1;
  const operator = length ? 'length' : (operators.find((each) => scanner.looksAt(each)) ?? '');
  if (operator !== 'length') scanner.at += operator.length;
  // Quotes around the whole do not make a pattern literal.
  const literal = quoted && !/[#%]/.test(operator);
  const word: Word =
    operator === '' || length ? [] : parseParts(scanner, commands, (char) => char === '}', literal);
  if (scanner.peek() !== '}' || (colon && operator === '')) return bad(scanner);
  scanner.at += 1;
  return { is: 'parameter', name, operator, colon, word, quoted };
}

function bad(scanner: Scanner): never {
  if (scanner.done) throw new SyntaxFault('syntax error: missing }', true);
  throw new SyntaxFault('syntax error: bad substitution');
}
