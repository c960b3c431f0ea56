import type { Bytes } from '../bytes.ts';
import type { Node, Redirection, SimpleCommand, Word } from './ast.ts';
import { parseCompound } from './compound.ts';
import { closers, parseSubstitution, skipNewlines } from './parse.ts';
import { parseRedirection } from './redirection.ts';
import type { Scanner } from './scanner.ts';
import { parseWord } from './words.ts';

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=/;

/** One command: compound, function definition or simple. */
export function parseCommand(scanner: Scanner): Node {
  const compound = scanner.nested(() => parseCompound(scanner));
  if (compound) return withRedirections(scanner, compound);
  const name = scanner.plainWord();
  if (scanner.operator() === '' && closers.has(name)) scanner.unexpected();
  if (isFunction(scanner, name)) return parseFunction(scanner, name);
  return parseSimple(scanner);
}

function withRedirections(scanner: Scanner, body: Node): Node {
  const redirections: Redirection[] = [];
  for (let next = parseRedirection(scanner); next; next = parseRedirection(scanner)) redirections.push(next);
  return redirections.length > 0 ? { is: 'redirected', body, redirections } : body;
}

function isFunction(scanner: Scanner, name: Bytes): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return false;
  return /^[ \t]*\([ \t]*\)/.test(
    scanner.text.slice(scanner.at + name.length, scanner.at + name.length + 16),
  );
}

function parseFunction(scanner: Scanner, name: Bytes): Node {
  scanner.takeWord(name);
  scanner.take('(');
  scanner.take(')');
  skipNewlines(scanner);
  const body = scanner.nested(() => parseCommand(scanner));
  return { is: 'function', name, body };
}

function parseSimple(scanner: Scanner): SimpleCommand {
  const command: SimpleCommand = { is: 'simple', assignments: [], words: [], redirections: [] };
  for (;;) {
    const redirection = parseRedirection(scanner);
    if (redirection) {
      command.redirections.push(redirection);
      continue;
    }
    const word = scanner.operator() === '' ? parseWord(scanner, parseSubstitution) : [];
    if (word.length === 0) break;
    if (command.words.length > 0 || !takeAssignment(command, word)) command.words.push(word);
  }
  const empty = command.words.length + command.assignments.length + command.redirections.length === 0;
  return empty ? scanner.unexpected() : command;
}

/** `NAME=value` before the command's name. */
function takeAssignment(command: SimpleCommand, word: Word): boolean {
  const [head, ...rest] = word;
  if (head?.is !== 'text' || head.quoted) return false;
  const name = assignment.exec(head.text)?.[1];
  if (name === undefined) return false;
  const text = head.text.slice(name.length + 1);
  command.assignments.push({ name, value: text === '' ? rest : [{ ...head, text }, ...rest] });
  return true;
}
