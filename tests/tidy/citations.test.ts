import { describe, expect, it } from 'vitest';
import { contractSections } from '../../report/contract-sections.ts';
import { citationsIn, oddCitations, unknownCitations } from './citations.ts';
import { repository, type SourceFile } from './files.ts';

const files = repository().filter(
  ({ path }) => path !== 'package-lock.json' && !path.startsWith('tests/tidy/citations'),
);
const sections = new Set(contractSections().keys());
const file = (text: string, path = 'model/a.ts'): SourceFile => ({ path, text });

describe('citations of the contract in this repository', () => {
  it('each name a section that docs/contract.md has', () => {
    expect(files.flatMap(unknownCitations(sections))).toEqual([]);
  });

  it('are all written in one form, so that none is overlooked', () => {
    expect(files.flatMap(oddCitations)).toEqual([]);
  });

  it('are there: the search for them finds most sections', () => {
    const cited = new Set(files.flatMap(({ text }) => citationsIn(text)));
    expect([...sections].filter((number) => cited.has(number)).length).toBeGreaterThan(40);
  });
});

describe('the search for citations', () => {
  it.each([
    ['(contract 4.2)', ['4.2']],
    ['contract 5.3, 8.8: and more', ['5.3', '8.8']],
    ['Contract 0 and 10 are told, 3 are not', ['0', '10']],
    ['contract 7.5, upstream #238', ['7.5']],
    ['/**\n * As the contract says (contract\n * 5.3, 8.8).\n */', ['5.3', '8.8']],
    ['// goes on (contract\n  // 7.1)', ['7.1']],
    ['the contract says nothing; contract: "0.10.7"', []],
  ])('reads %j', (text, numbers) => {
    expect(citationsIn(text)).toEqual(numbers);
  });

  it('tells a section that does not exist, by file and number', () => {
    const rule = unknownCitations(new Set(['4.2']));
    expect(rule(file('contract 4.2'))).toEqual([]);
    expect(rule(file('contract 4.2, 4.9'))).toEqual([
      'model/a.ts cites contract 4.9, which docs/contract.md does not have',
    ]);
  });

  it.each([
    '/** Stays so (2.2). */',
    '// late (2.2, 7.1): the word',
    '/** The contract section 8. */',
    '/** §4.1 */',
  ])('finds the odd form in %j', (text) => {
    expect(oddCitations(file(text))).toHaveLength(1);
  });

  it.each([
    'const share = f(0.25);',
    '/** Since BoxLite 0.10.0 (0.10.7), POSIX 2.14. */',
    '/** Stays so (contract 2.2). */',
    "it('takes (2.2)', () => {});",
  ])('leaves %j alone', (text) => {
    expect(oddCitations(file(text))).toEqual([]);
  });
});
