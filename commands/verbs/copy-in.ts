import * as fc from 'fast-check';
import { toBase64 } from '../../domain/bytes.ts';
import { fileMode } from '../../domain/file-mode.ts';
import { type Data, data, expanded } from '../../domain/fill.ts';
import { isCli, isSdk } from '../../domain/surface.ts';
import { copyPath } from '../../domain/text.ts';
import { treeSchema } from '../../domain/tree.ts';
import { predictCopy } from '../../model/predict/files.ts';
import { sdk } from '../calls.ts';
import { overCli, overRest, treeOverRest } from '../copy-in-calls.ts';
import {
  contentsPaths,
  copyPaths,
  copyUrge,
  directoryPaths,
  firstPath,
  likelyCopy,
  simplerPath,
} from '../copying.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { fileData, named, often } from '../fills.ts';
import { typed } from '../paths.ts';
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
  /** A file with these permissions; not by SDKs. */
  mode: fileMode.optional(),
};
/** Bytes that are no text. */
const SHORT = 'copied \0\xff\n';
type CopyInStep = StepWith<'copy-in', typeof shape>;

const treesFor = [
  ...directoryPaths.map((path) => ({ path, data: SHORT, tree: 'directory' as const })),
  ...contentsPaths.map((path) => ({ path, data: SHORT, tree: 'contents' as const })),
];

/** cp into a box, PUT files. */
export const copyIn = defineVerb({
  op: 'copy-in',
  shape,
  effect: 'enters',
  weight: 3,
  themes: { memory: 3, files: 12, volumes: 3, refusals: 3, copies: 4, snapshots: 8 },
  refusals: 5,
  contract: { cli: ['2.8'], rest: ['4.2', '8.9'] },
  predict: predictCopy,
  forms: ({ via }) => [
    ...copyPaths(via).map((path) => ({ path, data: SHORT })),
    ...treesFor,
    ...(isSdk(via) ? [] : fileMode.options.map((mode) => ({ path: firstPath, data: SHORT, mode }))),
  ],
  vary: (step) =>
    often<CopyInStep, Data>(step, fileData, (data) => ({ ...step, data })).chain((each) =>
      each.tree ? fc.constant(each) : named(each),
    ),
  likely: likelyCopy,
  calls: (step) => {
    const { via, path } = step;
    if (isCli(via)) return overCli(step, via);
    if (step.tree) return [treeOverRest(step, step.tree)];
    const json = { box: typed(via, step), path, data: toBase64(expanded(step.data)) };
    return [isSdk(via) ? sdk(via, 'copy_in', json, 'done') : overRest(step)];
  },
  shrink: function* (step) {
    yield* without(step, 'mode');
    if (step.tree === undefined) yield* simplerPath(step);
    else yield* [...without(step, 'tree')].map((each) => ({ ...each, path: firstPath }));
    for (const data of simplerData(step.data, SHORT)) yield { ...step, data };
  },
  detail: ({ path, tree = 'file' }) => `${tree} ${path}`,
  urge: copyUrge,
});
