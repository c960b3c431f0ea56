import type { SourceFile } from './files.ts';

const inCode = /`([^`\n]+)`|\]\(([^)\s]+)\)/gu;

/** Paths of this repository that a document names, in code or as links: they begin with one of its folders. */
function pathsNamed(file: SourceFile, rooms: ReadonlySet<string>): string[] {
  const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/') + 1) : '';
  return [...file.text.matchAll(inCode)].flatMap(([, code, link]) => {
    if (link !== undefined)
      return /^[a-z]+:|^#/u.test(link) ? [] : [normal(folder + link.replace(/#.*$/u, ''))];
    const path = /^[\w.-]+(?:\/[\w.*-]+)*\/?$/u.exec(code ?? '')?.[0];
    return path?.includes('/') && rooms.has(path.split('/')[0] as string) ? [path] : [];
  });
}

const normal = (path: string): string => path.replace(/(?:^|\/)[^/]+\/\.\.(?=\/)/gu, '').replace(/^\//u, '');

/** Paths that a document names and that are not there; `*` and `NAME` stand for any part of a name. */
export const missingPaths =
  (paths: readonly string[]) =>
  (file: SourceFile): string[] => {
    const rooms = new Set(
      paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0] as string),
    );
    return pathsNamed(file, rooms)
      .filter((named) => !paths.some((path) => patternOf(named).test(path)))
      .map((named) => `${file.path} names ${named}, which is not there`);
  };

const patternOf = (named: string): RegExp => {
  const parts = named
    .replace(/\/$/u, '')
    .replace(/[.+]/gu, '\\$&')
    .replace(/\*|NAME/gu, '[^/]*');
  return new RegExp(`^${parts}(?:/|$)`, 'u');
};
