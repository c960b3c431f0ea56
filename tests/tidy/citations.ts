import type { SourceFile } from './files.ts';

/** Numbers of sections, as many as are cited in one go. */
const LIST = String.raw`\d+(?:\.\d+)?(?:(?:,| and| or) \d+(?:\.\d+)?)*`;
const CITATION = new RegExp(String.raw`\bcontract (${LIST})`, 'giu');
/** A section that is named without the word: `(2.2)`, `(2.2, 7.11)`. Versions and decimals have other shapes. */
const BARE = /(?<=\()\d{1,2}\.\d{1,2}(?:, \d{1,2}\.\d{1,2})*(?=[),;:])/gu;
const OTHER_FORMS = /\bcontract(?:'s)? (?:sections?|§) ?\d+|§ ?\d+/giu;

/** One line each, without what a comment begins its lines with: a citation may go on in the next line. */
const joined = (text: string): string => text.replace(/\n\s*(?:\*|\/\/|#) ?/gu, ' ');

const comments = (text: string): string =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/gu)].map(([comment]) => comment).join('\n');

/** Every section of the contract that a text cites, once each, in order of appearance. */
export function citationsIn(text: string): string[] {
  const lists = [...joined(text).matchAll(CITATION)].map(([, list = '']) => list.split(/(?:,| and| or) /u));
  return [...new Set(lists.flat())];
}

/** Citations of sections that the contract does not have. */
export const unknownCitations =
  (sections: ReadonlySet<string>) =>
  (file: SourceFile): string[] =>
    citationsIn(file.text)
      .filter((number) => !sections.has(number))
      .map((number) => `${file.path} cites contract ${number}, which docs/contract.md does not have`);

/** Citations that are not written as `contract 4.2`, and so are not found by who looks for them. */
export function oddCitations(file: SourceFile): string[] {
  const text = joined(file.path.endsWith('.ts') ? comments(file.text) : file.text);
  const bare = file.path.endsWith('.ts') || file.path.endsWith('.json') ? [...text.matchAll(BARE)] : [];
  return [...bare, ...text.matchAll(OTHER_FORMS)].map(
    ([found]) => `${file.path}: "${found}" is written "contract 4.2"`,
  );
}
