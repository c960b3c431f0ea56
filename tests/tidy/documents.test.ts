import { expect, it } from 'vitest';
import { missingPaths } from './documents.ts';
import { repository, type SourceFile } from './files.ts';
import { neighbours } from './imports.ts';

const all = repository();
const paths = all.map(({ path }) => path);
const page = (text: string, path = 'docs/a.md'): SourceFile => ({ path, text });

/** It names files of BoxLite's repository, not of this one. */
const notOurs = ['docs/contract.md', 'CHANGELOG.md'];

it('every path that a document of this repository names is there', () => {
  const pages = all.filter(({ path }) => path.endsWith('.md') && !notOurs.includes(path));
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.flatMap(missingPaths(paths))).toEqual([]);
});

it('links of the contract and the changelog lead somewhere', () => {
  const links = all
    .filter(({ path }) => notOurs.includes(path))
    .map(({ path, text }) => page(text.replaceAll(/`[^`\n]*`/gu, ''), path));
  expect(links.flatMap(missingPaths(paths))).toEqual([]);
});

it('every script that a document runs by npm is there', () => {
  const { scripts } = JSON.parse(all.find(({ path }) => path === 'package.json')?.text ?? '{}');
  const pages = all.filter(({ path }) => path.endsWith('.md') && path !== 'CHANGELOG.md');
  const named = pages.flatMap(({ text }) => [...text.matchAll(/npm run (?:--silent )?([a-z][\w-]*)/gu)]);
  expect(named.length).toBeGreaterThan(20);
  expect(named.map(([, script]) => script).filter((script = '') => !Object.hasOwn(scripts, script))).toEqual(
    [],
  );
});

it('the table of rooms in docs/architecture.md has the imports that tests/tidy/imports.ts holds', () => {
  const architecture = all.find(({ path }) => path === 'docs/architecture.md')?.text ?? '';
  const table = architecture.split('| imports from |')[1]?.trim().split('\n\n')[0] ?? '';
  const rows = [...table.matchAll(/^\| `(\w+)\/` \|.*\| ([^|]+) \|$/gmu)].map(([, room, from]) => [
    room,
    from,
  ]);
  expect(rows).toEqual(Object.entries(neighbours).map(([room, from]) => [room, from.join(', ') || '-']));
});

it.each([
  ['see `model/x.ts`', ['docs/a.md names model/x.ts, which is not there']],
  ['see `model/`, `model/y.ts`, `model/*.ts` and `model/NAME.ts`', []],
  ['[b](b.md) and [c](c.md#part)', ['docs/a.md names docs/c.md, which is not there']],
  ['[up](../README.md), [out](https://example.org/x), [here](#part)', []],
  ['`npm run x`, `a/b` and `/root/f`', []],
])('a document that says %j is told %j', (text, told) => {
  expect(missingPaths(['model/y.ts', 'docs/b.md', 'README.md'])(page(text))).toEqual(told);
});
