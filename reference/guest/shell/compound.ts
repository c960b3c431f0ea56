import type { Node, Word } from './ast.ts';
import { parseList, parseSubstitution, skipNewlines } from './parse.ts';
import type { Scanner } from './scanner.ts';
import { parseWord } from './words.ts';

/** A compound command when one begins here, else null. */
export function parseCompound(scanner: Scanner): Node | null {
  if (scanner.take('(')) return parseSubshell(scanner);
  if (scanner.operator() !== '') return null;
  if (scanner.takeWord('{')) return closed(scanner, '}');
  if (scanner.takeWord('if')) return parseIf(scanner);
  if (scanner.takeWord('while')) return parseLoop(scanner, false);
  if (scanner.takeWord('until')) return parseLoop(scanner, true);
  if (scanner.takeWord('for')) return parseFor(scanner);
  if (scanner.takeWord('case')) return parseCase(scanner);
  return null;
}

function expect(scanner: Scanner, word: string): void {
  if (!scanner.takeWord(word)) scanner.unexpected(word);
}

function closed(scanner: Scanner, word: string): Node {
  const body = parseList(scanner);
  expect(scanner, word);
  return body;
}

function parseSubshell(scanner: Scanner): Node {
  const body = parseList(scanner);
  if (!scanner.take(')')) scanner.unexpected(')');
  return { is: 'subshell', body };
}

function parseIf(scanner: Scanner): Node {
  const condition = closed(scanner, 'then');
  const then = parseList(scanner);
  if (scanner.takeWord('elif'))
    return { is: 'if', condition, then, otherwise: scanner.nested(() => parseIf(scanner)) };
  const otherwise = scanner.takeWord('else') ? parseList(scanner) : null;
  expect(scanner, 'fi');
  return { is: 'if', condition, then, otherwise };
}

function parseLoop(scanner: Scanner, until: boolean): Node {
  const condition = closed(scanner, 'do');
  return { is: 'loop', until, condition, body: closed(scanner, 'done') };
}

function parseFor(scanner: Scanner): Node {
  const name = scanner.plainWord();
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) scanner.unexpected();
  scanner.takeWord(name);
  skipNewlines(scanner);
  let words: Word[] | null = null;
  if (scanner.takeWord('in')) words = parseWords(scanner);
  scanner.take(';');
  skipNewlines(scanner);
  expect(scanner, 'do');
  return { is: 'for', name, words, body: closed(scanner, 'done') };
}

function parseWords(scanner: Scanner): Word[] {
  const words: Word[] = [];
  while (scanner.operator() === '' && !scanner.done) words.push(parseWord(scanner, parseSubstitution));
  return words;
}

function parseCase(scanner: Scanner): Node {
  scanner.skipBlanks();
  const subject = parseWord(scanner, parseSubstitution);
  skipNewlines(scanner);
  expect(scanner, 'in');
  skipNewlines(scanner);
  const arms: { patterns: Word[]; body: Node }[] = [];
  while (!scanner.takeWord('esac')) {
    arms.push(parseArm(scanner));
    skipNewlines(scanner);
  }
  return { is: 'case', subject, arms };
}

function parseArm(scanner: Scanner): { patterns: Word[]; body: Node } {
  scanner.take('(');
  const patterns: Word[] = [];
  do {
    scanner.skipBlanks();
    const pattern = parseWord(scanner, parseSubstitution);
    if (pattern.length === 0) scanner.unexpected(')');
    patterns.push(pattern);
  } while (scanner.take('|'));
  if (!scanner.take(')')) scanner.unexpected(')');
  const body = parseList(scanner, true);
  skipNewlines(scanner);
  if (!scanner.take(';;') && scanner.plainWord() !== 'esac') scanner.unexpected(';;');
  return { patterns, body };
}
