import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { profileIds } from '../../model/profile.ts';
import { contractSections, parseContract } from '../../report/contract-sections.ts';

const page =
  '# C\n\nWords.\n\n## 1 One\n\nIt holds.\n\nSource: a.md.\n\n- more\n\n### 1.1 Two\n\nSo does it.\n\nSource: #7.\n';

describe('parseContract', () => {
  it('reads number, title, promise and source of each section', () => {
    expect([...parseContract(page).values()]).toEqual([
      { number: '1', title: 'One', promise: 'It holds.', source: 'a.md.' },
      { number: '1.1', title: 'Two', promise: 'So does it.', source: '#7.' },
    ]);
  });

  it('refuses a section without a source, without a promise, and one that is there twice', () => {
    expect(() => parseContract(page.replace('Source: #7.', 'See #7.'))).toThrow('contract 1.1 must begin');
    expect(() => parseContract('## 2 Three\n\nSource: x.\n')).toThrow('contract 2 must begin');
    expect(() => parseContract(page + page)).toThrow('contract 1 is there twice');
  });
});

describe('docs/contract.md', () => {
  const sections = [...contractSections().values()];

  it('has every chapter, and its sections in order', () => {
    const numbers = sections.map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    for (const chapter of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '10', '11', '13'])
      expect(numbers).toContain(chapter);
  });

  it.each(sections)('contract $number promises one sentence, for readers who do not have the page', ({
    promise,
    source,
  }) => {
    expect(promise).not.toContain('\n');
    expect(promise).toMatch(/^[^\n]+\.$/u);
    expect(promise.replace(/`[^`]*`/gu, '')).not.toMatch(/\. [A-Z]|\bcontract\b|\bmodel\b/u);
    expect(source).toMatch(/\.$/u);
    expect(source).not.toMatch(/\bcontract \d|\bthe model\b/u);
  });

  it('names a public text for each promise, or says that there is none', () => {
    const named = /\.md\b|\.yaml\b|#\d|docs\.rs|no public text|see the sections below/u;
    expect(sections.filter(({ source }) => !named.test(source))).toEqual([]);
  });

  it('has a row for each profile of the model, and no other', () => {
    const page = readFileSync(new URL('../../docs/contract.md', import.meta.url), 'utf8');
    const rows = page.slice(page.indexOf('## 10 ')).matchAll(/^\| ([\w.-]*[0-9]) \|/gmu);
    expect([...rows].map(([, id]) => id)).toEqual(profileIds);
  });
});
