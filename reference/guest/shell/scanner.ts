import type { Bytes } from '../bytes.ts';
import { limits } from '../limits.ts';
import type { Word } from './ast.ts';
import { SyntaxFault } from './syntax-error.ts';

/** A here-document that was announced and whose text begins after the end of the line. */
export interface PendingHere {
  delimiter: Bytes;
  literal: boolean;
  stripTabs: boolean;
  document: { body: Word };
}

const operators = [
  '<<-',
  '&&',
  '||',
  ';;',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  '&',
  '|',
  ';',
  '<',
  '>',
  '(',
  ')',
];

/** Position in a script, with the lexical rules that need no grammar. */
export class Scanner {
  readonly text: Bytes;
  at = 0;
  depth = 0;
  pendingHere: PendingHere[] = [];

  constructor(text: Bytes) {
    this.text = text;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  looksAt(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Skips blanks, line continuations and a comment, but no newline. */
  skipBlanks(): void {
    for (;;) {
      const char = this.peek();
      if (char === ' ' || char === '\t' || char === '\r') this.at += 1;
      else if (this.looksAt('\\\n')) this.at += 2;
      else if (char === '#') this.#skipComment();
      else return;
    }
  }

  /** The operator at the position, not consumed; '' where a word or the end is. */
  operator(): string {
    this.skipBlanks();
    const char = this.peek();
    if (char === '\n') return '\n';
    return operators.find((operator) => this.looksAt(operator)) ?? '';
  }

  /** Consumes an operator when it is the next token. */
  take(operator: string): boolean {
    if (this.operator() !== operator) return false;
    this.at += operator.length;
    return true;
  }

  /** The plain word at the position, not consumed: what keywords are recognised by. */
  plainWord(): Bytes {
    this.skipBlanks();
    const match = /[^\s;&|<>()'"\\$`]+/y;
    match.lastIndex = this.at;
    const word = match.exec(this.text)?.[0] ?? '';
    const next = this.text[this.at + word.length] ?? '';
    return /['"\\$`]/.test(next) ? '' : word;
  }

  /** Consumes a keyword when it is the next token. */
  takeWord(word: Bytes): boolean {
    if (this.plainWord() !== word) return false;
    this.at += word.length;
    return true;
  }

  /** @throws SyntaxFault telling what is there instead. */
  unexpected(wanted?: string): never {
    if (this.done) throw new SyntaxFault(`syntax error: unexpected end of file${hint(wanted)}`, true);
    const found = this.peek() === '\n' ? 'newline' : this.operator() || this.plainWord() || this.peek();
    throw new SyntaxFault(
      `syntax error: unexpected ${found === 'newline' ? found : `"${found}"`}${hint(wanted)}`,
    );
  }

  /** Bounds the nesting, because parsing recurses. */
  nested<T>(parse: () => T): T {
    if (++this.depth > limits.parseDepth) throw new SyntaxFault('syntax error: nested too deeply');
    try {
      return parse();
    } finally {
      this.depth -= 1;
    }
  }

  #skipComment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }
}

const hint = (wanted?: string): string => (wanted ? ` (expecting "${wanted}")` : '');
