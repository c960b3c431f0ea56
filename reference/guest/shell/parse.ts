import type { Bytes } from '../bytes.ts';
import type { Node } from './ast.ts';
import { parseCommand } from './command.ts';
import { readHereDocuments } from './here.ts';
import { Scanner } from './scanner.ts';

/** Words that end a list of commands, where a command could begin. */
export const closers = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);

/**
 * Splits a script into complete commands, one call at a time, so that what comes before a mistake is still run,
 * as a shell that reads line by line does.
 */
export class Parser {
  readonly #scanner: Scanner;

  constructor(script: Bytes) {
    this.#scanner = new Scanner(script);
  }

  /** Whether only blanks and comments are left. */
  get done(): boolean {
    skipNewlines(this.#scanner);
    return this.#scanner.done;
  }

  /** The next line's commands; null at the end. Throws SyntaxFault. */
  next(): Node | null {
    if (this.done) return null;
    const node = parseLine(this.#scanner);
    if (!this.#scanner.done && !takeNewline(this.#scanner)) this.#scanner.unexpected();
    return node;
  }
}

/** Commands up to a closing keyword, parenthesis or the end; at least one unless `mayBeEmpty`. */
export function parseList(scanner: Scanner, mayBeEmpty = false): Node {
  const items: Node[] = [];
  skipNewlines(scanner);
  while (!atEnd(scanner)) {
    items.push(parseLine(scanner));
    skipNewlines(scanner);
  }
  if (items.length === 0 && !mayBeEmpty) scanner.unexpected();
  return items.length === 1 && items[0] ? items[0] : { is: 'sequence', items };
}

/** The commands of a `$(…)`, possibly none. */
export const parseSubstitution = (scanner: Scanner): Node => parseList(scanner, true);

/** Takes all newlines that come next, with the here-documents behind them. */
export function skipNewlines(scanner: Scanner): void {
  while (takeNewline(scanner)) {
    // Every newline may be followed by the text of a here-document.
  }
}

function takeNewline(scanner: Scanner): boolean {
  if (!scanner.take('\n')) return false;
  readHereDocuments(scanner, parseSubstitution);
  return true;
}

function atEnd(scanner: Scanner): boolean {
  const operator = scanner.operator();
  return (
    scanner.done ||
    operator === ')' ||
    operator === ';;' ||
    (operator === '' && closers.has(scanner.plainWord()))
  );
}

/** Commands of one line, separated by `;` and `&`. */
function parseLine(scanner: Scanner): Node {
  const items: Node[] = [];
  do {
    const node = parseAndOr(scanner);
    if (scanner.take('&')) items.push({ is: 'background', body: node });
    else {
      items.push(node);
      if (!scanner.take(';')) break;
    }
  } while (!atEnd(scanner) && scanner.operator() !== '\n');
  return items.length === 1 && items[0] ? items[0] : { is: 'sequence', items };
}

function parseAndOr(scanner: Scanner): Node {
  let left = parsePipeline(scanner);
  for (;;) {
    const is = scanner.take('&&') ? 'and' : scanner.take('||') ? 'or' : null;
    if (!is) return left;
    skipNewlines(scanner);
    left = { is, left, right: parsePipeline(scanner) };
  }
}

function parsePipeline(scanner: Scanner): Node {
  const negated = scanner.takeWord('!');
  const stages = [parseCommand(scanner)];
  while (scanner.take('|')) {
    skipNewlines(scanner);
    stages.push(parseCommand(scanner));
  }
  return stages.length === 1 && stages[0] && !negated ? stages[0] : { is: 'pipeline', stages, negated };
}
