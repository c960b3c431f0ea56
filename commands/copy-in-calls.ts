import { posix } from 'node:path';
import type { Bytes } from '../domain/bytes.ts';
import { type Data, expanded } from '../domain/fill.ts';
import type { By, Surface } from '../domain/surface.ts';
import { filesOfTree, TREE, type Tree } from '../domain/tree.ts';
import { type Call, cli, rest } from './calls.ts';
import { filesQuery } from './copying.ts';
import { boxPath, typed } from './paths.ts';

/** A copy into a box. */
interface CopyIn {
  readonly via: Surface;
  readonly on: string;
  readonly by?: By | undefined;
  readonly path: string;
  readonly data: Data;
  readonly tree?: Tree | undefined;
  readonly mode?: string | undefined;
}

/** The files are put where the CLI runs, and copied from there. */
export function overCli(step: CopyIn, via: 'cli' | 'url'): Call[] {
  const data = expanded(step.data);
  const files = step.tree ? filesBelow(TREE, data) : { 'copy-in': data };
  const from = { $: 'scratch', via, file: step.tree ? TREE : 'copy-in' } as const;
  const source = step.tree === 'contents' ? ([from, '/.'] as const) : from;
  return [
    ...Object.entries(files).map(
      ([file, bytes]): Call => ({ call: 'put', via, file, data: bytes, mode: step.mode }),
    ),
    cli(via, ['cp', source, [typed(via, step), `:${step.path}`]], 'done'),
  ];
}

const filesBelow = (dir: string, data: Bytes): Record<string, Bytes> =>
  Object.fromEntries(Object.entries(filesOfTree(data)).map(([file, bytes]) => [`${dir}/${file}`, bytes]));

const directoryOf = (path: string): string =>
  path === '' ? '' : path.slice(0, path.lastIndexOf('/')) || '/';

/** An archive is unpacked into a directory; its entry is the file. */
export const overRest = (step: CopyIn): Call =>
  rest('PUT', boxPath(step, filesQuery(directoryOf(step.path))), 'done', {
    tar: { [posix.basename(step.path) || 'file']: expanded(step.data) },
    mode: step.mode,
  });

/** The directory itself, or what is in it, is what the archive has. */
export const treeOverRest = (step: CopyIn, tree: Tree): Call =>
  rest('PUT', boxPath(step, filesQuery(step.path)), 'done', {
    tar: tree === 'directory' ? filesBelow(TREE, expanded(step.data)) : filesOfTree(expanded(step.data)),
  });
