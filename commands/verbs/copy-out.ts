import { z } from 'zod';
import { isCli, isSdk } from '../../domain/surface.ts';
import { copyPath } from '../../domain/text.ts';
import { predictCopy } from '../../model/predict/files.ts';
import { type Call, cli, rest, sdk } from '../calls.ts';
import { copyPaths, copyUrge, filesQuery, likelyCopy, simplerPath } from '../copying.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { without } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = {
  ...oneBox,
  by,
  path: copyPath,
  /** The permissions of what arrives are looked at, not its bytes; not by SDKs. */
  mode: z.literal(true).optional(),
};
type CopyOutStep = StepWith<'copy-out', typeof shape>;

/** cp out of a box, GET files. */
export const copyOut = defineVerb({
  op: 'copy-out',
  shape,
  effect: 'enters',
  weight: 3,
  themes: { memory: 2, files: 6, refusals: 3, copies: 3, snapshots: 2 },
  contract: { cli: ['2.8'], rest: ['4.2', '8.9'] },
  predict: predictCopy,
  forms: ({ via, on }, world) =>
    [...new Set([...copyPaths(via), ...Object.keys(world.boxes[on]?.disk ?? {})])]
      .filter((path) => path !== '/etc/hosts')
      .flatMap((path) => [
        { path },
        ...(world.boxes[on]?.modes[path] && !isSdk(via) ? [{ path, mode: true as const }] : []),
      ]),
  likely: likelyCopy,
  calls: (step) => {
    const { via, path } = step;
    if (isCli(via)) return overCli(step, via);
    if (isSdk(via)) return [sdk(via, 'copy_out', { box: typed(via, step), path }, 'file')];
    return [rest('GET', boxPath(step, filesQuery(path)), step.mode ? 'mode' : 'file')];
  },
  shrink: function* (step) {
    yield* without(step, 'mode');
    yield* simplerPath(step);
  },
  detail: ({ path }) => path,
  urge: copyUrge,
});

const overCli = (step: CopyOutStep, via: 'cli' | 'url'): Call[] => [
  cli(via, ['cp', [typed(via, step), `:${step.path}`], { $: 'scratch', via, file: 'got' }], 'done'),
  { call: step.mode ? 'take-mode' : 'take', via, file: 'got' },
];
