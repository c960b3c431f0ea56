import { posix } from 'node:path';
import type { Bytes } from '../../domain/bytes.ts';
import { toBase64 } from '../../domain/bytes.ts';
import { data, expanded } from '../../domain/fill.ts';
import { isCli, isSdk } from '../../domain/surface.ts';
import { copyPath } from '../../domain/text.ts';
import { filesOfTree, TREE, type Tree, treeSchema } from '../../domain/tree.ts';
import { predictCopy } from '../../model/predict/files.ts';
import { type Call, cli, rest, sdk } from '../calls.ts';
import {
  copyPaths,
  copyUrge,
  filesQuery,
  firstPath,
  likelyCopy,
  simplerPath,
  treePaths,
} from '../copying.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { fileData, often } from '../fills.ts';
import { boxPath, typed } from '../paths.ts';
import { without } from '../shrink.ts';
import { simplerData } from '../simpler-data.ts';
import type { StepWith } from '../verb.ts';

const shape = {
  ...oneBox,
  by,
  path: copyPath,
  data,
  /** A directory with the bytes in one of its files; not by SDKs. */
  tree: treeSchema.optional(),
};
/** Bytes that are no text. */
const SHORT = 'copied \0\xff\n';
type CopyInStep = StepWith<'copy-in', typeof shape>;

/** cp into a box, PUT files. */
export const copyIn = defineVerb({
  op: 'copy-in',
  shape,
  effect: 'enters',
  weight: 3,
  themes: { memory: 3, files: 12, volumes: 3, refusals: 3, copies: 2 },
  refusals: 5,
  contract: { cli: ['2.8'], rest: ['4.2', '8.9'] },
  predict: predictCopy,
  forms: ({ via }) => [
    ...copyPaths(via).map((path) => ({ path, data: SHORT })),
    ...treeSchema.options.flatMap((tree) => treePaths.map((path) => ({ path, data: SHORT, tree }))),
  ],
  vary: (step) => often<CopyInStep>(step, fileData, (data) => ({ ...step, data })),
  likely: likelyCopy,
  calls: (step) => {
    const { via, path } = step;
    if (isCli(via)) return overCli(step, via);
    if (step.tree) return [treeOverRest(step, step.tree)];
    const json = { box: typed(via, step), path, data: toBase64(expanded(step.data)) };
    return [isSdk(via) ? sdk(via, 'copy_in', json, 'done') : overRest(step)];
  },
  shrink: function* (step) {
    if (step.tree === undefined) yield* simplerPath(step);
    else yield* [...without(step, 'tree')].map((each) => ({ ...each, path: firstPath }));
    for (const data of simplerData(step.data, SHORT)) yield { ...step, data };
  },
  detail: ({ path, tree = 'file' }) => `${tree} ${path}`,
  urge: copyUrge,
});

function overCli(step: CopyInStep, via: 'cli' | 'url'): Call[] {
  const data = expanded(step.data);
  const files = step.tree ? filesBelow(TREE, data) : { 'copy-in': data };
  const from = { $: 'scratch', via, file: step.tree ? TREE : 'copy-in' } as const;
  const source = step.tree === 'contents' ? ([from, '/.'] as const) : from;
  return [
    ...Object.entries(files).map(([file, bytes]): Call => ({ call: 'put', via, file, data: bytes })),
    cli(via, ['cp', source, [typed(via, step), `:${step.path}`]], 'done'),
  ];
}

const filesBelow = (dir: string, data: Bytes): Record<string, Bytes> =>
  Object.fromEntries(Object.entries(filesOfTree(data)).map(([file, bytes]) => [`${dir}/${file}`, bytes]));

const directoryOf = (path: string): string =>
  path === '' ? '' : path.slice(0, path.lastIndexOf('/')) || '/';

/** An archive is unpacked into a directory; its entry is the file. */
const overRest = (step: CopyInStep): Call =>
  rest('PUT', boxPath(step, filesQuery(directoryOf(step.path))), 'done', {
    tar: { [posix.basename(step.path) || 'file']: expanded(step.data) },
  });

/** The directory itself, or what is in it, is what the archive has. */
const treeOverRest = (step: CopyInStep, tree: Tree): Call =>
  rest('PUT', boxPath(step, filesQuery(step.path)), 'done', {
    tar: tree === 'directory' ? filesBelow(TREE, expanded(step.data)) : filesOfTree(expanded(step.data)),
  });
