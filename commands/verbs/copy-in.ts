import { posix } from 'node:path';
import { z } from 'zod';
import { predictCopy } from '../../model/predict/files.ts';
import { ofBox } from '../../model/situation.ts';
import type { Call } from '../calls.ts';
import { copyPaths, copyUrge, filesQuery, likelyCopy, simplerPath } from '../copying.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by, path: z.string(), data: z.string() };
type CopyInStep = StepWith<'copy-in', typeof shape>;

/** cp into a box, PUT files. */
export const copyIn = defineVerb({
  op: 'copy-in',
  shape,
  effect: 'enters',
  weight: 3,
  themes: { memory: 3, files: 12, volumes: 3, refusals: 3 },
  refusals: 5,
  contract: { cli: ['2.8'], rest: ['4.2', '8.9'] },
  predict: predictCopy,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(world, surfaces(context, 'cli', 'url', 'rest'), (via, on): CopyInStep[] =>
      copyPaths(via).map((path) => ({ op: 'copy-in', via, on, path, data: 'copied \0\xff\n' })),
    ),
  vary: spelled,
  likely: likelyCopy,
  calls: (step) => (step.via === 'rest' ? [overRest(step)] : overCli(step, step.via)),
  shrink: function* (step) {
    yield* simplerPath(step);
    yield* plainer(step);
  },
  detail: ({ path }) => path,
  urge: copyUrge,
});

const overCli = (step: CopyInStep, via: 'cli' | 'url'): Call[] => [
  { call: 'put', via, file: 'copy-in', data: step.data },
  {
    call: 'cli',
    via,
    words: ['cp', { $: 'scratch', via, file: 'copy-in' }, [typed(via, step), `:${step.path}`]],
    expecting: 'done',
  },
];

const directoryOf = (path: string): string =>
  path === '' ? '' : path.slice(0, path.lastIndexOf('/')) || '/';

/** An archive is unpacked into a directory; its entry is the file. */
const overRest = (step: CopyInStep): Call => ({
  call: 'rest',
  method: 'PUT',
  path: boxPath(step, filesQuery(directoryOf(step.path))),
  tar: { name: posix.basename(step.path) || 'file', data: step.data },
  expecting: 'done',
});
