import { readFileSync } from 'node:fs';

/** A section of docs/contract.md. */
export interface ContractSection {
  /** As it is cited: `5.4`, `0`. */
  readonly number: string;
  readonly title: string;
  /** What BoxLite promises, in one sentence that is understood without the page. */
  readonly promise: string;
  /** Where the promise is public, or what it was inferred from. */
  readonly source: string;
}

const HEADING = /^#{2,3} (\d+(?:\.\d+)?) (.+)$/u;
const SOURCE = 'Source: ';

/**
 * Reads the sections of the contract: a numbered heading, a paragraph with the promise, a paragraph with its source.
 * @throws Error that names a section which lacks either, or stands there twice.
 */
export function parseContract(text: string): ReadonlyMap<string, ContractSection> {
  const sections = new Map<string, ContractSection>();
  for (const part of text.split(/^(?=#{2,3} )/mu)) {
    const [heading = '', promise = '', source = ''] = part.trim().split(/\n\n/u);
    const [, number, title] = HEADING.exec(heading) ?? [];
    if (!number || !title) continue;
    if (sections.has(number)) throw new Error(`contract ${number} is there twice`);
    if (promise === '' || !source.startsWith(SOURCE))
      throw new Error(`contract ${number} must begin with a promise and a "${SOURCE.trim()}" paragraph`);
    sections.set(number, { number, title, promise, source: source.slice(SOURCE.length) });
  }
  return sections;
}

let read: ReadonlyMap<string, ContractSection> | undefined;

/** All sections of docs/contract.md by number; the file is read once. */
export function contractSections(): ReadonlyMap<string, ContractSection> {
  read ??= parseContract(readFileSync(new URL('../docs/contract.md', import.meta.url), 'utf8'));
  return read;
}
