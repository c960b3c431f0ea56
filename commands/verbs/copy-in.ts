import { posix } from 'node:path';
import { toBase64 } from '../../domain/bytes.ts';
import { data, expanded } from '../../domain/fill.ts';
import { isCli, isSdk } from '../../domain/surface.ts';
import { copyPath } from '../../domain/text.ts';
import { predictCopy } from '../../model/predict/files.ts';
import { type Call, cli, rest, sdk } from '../calls.ts';
import { copyPaths, copyUrge, filesQuery, likelyCopy, simplerPath } from '../copying.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { fileData, often } from '../fills.ts';
import { boxPath, typed } from '../paths.ts';
import { simplerData } from '../simpler-data.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by, path: copyPath, data };
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
  forms: ({ via }) => copyPaths(via).map((path) => ({ path, data: SHORT })),
  vary: (step) => often<CopyInStep>(step, fileData, (data) => ({ ...step, data })),
  likely: likelyCopy,
  calls: (step) => {
    const { via, path } = step;
    if (isCli(via)) return overCli(step, via);
    const json = { box: typed(via, step), path, data: toBase64(expanded(step.data)) };
    return [isSdk(via) ? sdk(via, 'copy_in', json, 'done') : overRest(step)];
  },
  shrink: function* (step) {
    yield* simplerPath(step);
    for (const data of simplerData(step.data, SHORT)) yield { ...step, data };
  },
  detail: ({ path }) => path,
  urge: copyUrge,
});

const overCli = (step: CopyInStep, via: 'cli' | 'url'): Call[] => [
  { call: 'put', via, file: 'copy-in', data: expanded(step.data) },
  cli(via, ['cp', { $: 'scratch', via, file: 'copy-in' }, [typed(via, step), `:${step.path}`]], 'done'),
];

const directoryOf = (path: string): string =>
  path === '' ? '' : path.slice(0, path.lastIndexOf('/')) || '/';

/** An archive is unpacked into a directory; its entry is the file. */
const overRest = (step: CopyInStep): Call =>
  rest('PUT', boxPath(step, filesQuery(directoryOf(step.path))), 'done', {
    tar: { name: posix.basename(step.path) || 'file', data: expanded(step.data) },
  });
