import type { SourceFile } from './files.ts';
import { importsOf } from './imports.ts';

/**
 * Gives the groups of files that import each other in a circle, imports of types included: each a list of paths.
 * Two files that need each other's types are one concept in two places, or miss a third that both look at.
 */
export function circles(files: readonly SourceFile[]): string[][] {
  const imports = new Map(files.map((file) => [file.path, targetsOf(file)]));
  const reach = new Map([...imports.keys()].map((path) => [path, reachable(path, imports)]));
  const seen = new Set<string>();
  return [...imports.keys()].flatMap((path) => {
    if (seen.has(path) || !reach.get(path)?.has(path)) return [];
    const circle = [...(reach.get(path) ?? [])].filter((other) => reach.get(other)?.has(path)).sort();
    for (const other of circle) seen.add(other);
    return [circle];
  });
}

const targetsOf = (file: SourceFile): string[] =>
  importsOf(file).flatMap(({ target }) => (target === null ? [] : [target]));

/** Everything a file imports, directly or by way of others; itself only when it stands in a circle. */
function reachable(from: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...(imports.get(from) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    open.push(...(imports.get(path) ?? []));
  }
  return found;
}
