import type { Bytes } from '../bytes.ts';
import { literal } from './pattern.ts';

/**
 * Collects the fields of a word. Each field is kept as a pattern in which everything that was quoted is marked
 * literal, so that splitting and globbing can come after all other expansions.
 */
export class Fields {
  readonly done: Bytes[] = [];
  #open: Bytes | null = null;
  readonly #separators: Bytes;

  /** @param separators the shell's IFS. */
  constructor(separators: Bytes) {
    this.#separators = separators;
  }

  /** Text that came quoted: never split, never a pattern, and even empty it makes a field. */
  quoted(text: Bytes): void {
    this.#open = (this.#open ?? '') + literal(text);
  }

  /** Text as it stood in the script: may be a pattern, is not split. */
  plain(text: Bytes): void {
    this.#open = (this.#open ?? '') + text;
  }

  /** The result of an unquoted expansion: split at separators, may be a pattern. */
  split(text: Bytes): void {
    let at = 0;
    while (at < text.length) {
      const char = text[at] ?? '';
      if (!this.#separators.includes(char)) {
        this.plain(char === '\\' ? literal(char) : char);
        at += 1;
      } else at = this.#separator(text, at);
    }
  }

  /** Ends the field being built, if one is. */
  next(): void {
    if (this.#open !== null) this.done.push(this.#open);
    this.#open = null;
  }

  /** Blanks round one other separator count as one; a separator that is no blank also ends an empty field. */
  #separator(text: Bytes, from: number): number {
    let at = from;
    let hard = 0;
    while (at < text.length && this.#separators.includes(text[at] ?? '')) {
      if (!' \t\n'.includes(text[at] ?? '') && ++hard > 1) break;
      at += 1;
    }
    if (hard > 0 && this.#open === null) this.#open = '';
    this.next();
    return at;
  }
}
