import { posix } from 'node:path';
import { z } from 'zod';
import type { Observation } from '../../domain/observation.ts';
import { predictCopy } from '../../model/predict/files.ts';
import { ofBox } from '../../model/situation.ts';
import { callCli, callRest } from '../call.ts';
import { copyPaths, filesPath, simplerPath } from '../copying.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import { boxPath, spell } from '../spell.ts';
import type { StepContext } from '../step-context.ts';
import { tarOf } from '../tar.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by, path: z.string(), data: z.string() };
type CopyInStep = StepWith<'copy-in', typeof shape>;

/** cp into a box, PUT files. */
export const copyIn = defineVerb({
  op: 'copy-in',
  shape,
  predict: predictCopy,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(world, surfaces(context, 'cli', 'url', 'rest'), (via, on): CopyInStep[] =>
      copyPaths(via).map((path) => ({ op: 'copy-in', via, on, path, data: 'copied \0\xff\n' })),
    ),
  vary: spelled,
  perform: (step, stepContext, deadlineMs) =>
    step.via === 'rest'
      ? overRest(step, stepContext, deadlineMs)
      : overCli(step, step.via, stepContext, deadlineMs),
  shrink: function* (step) {
    yield* simplerPath(step);
    yield* plainer(step);
  },
});

async function overCli(
  step: CopyInStep,
  via: 'cli' | 'url',
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const source = await stepContext.session.host.scratch(via, 'copy-in');
  await stepContext.session.host.writeScratch(via, source, step.data);
  const destination = `${spell(stepContext, step.on, step.by, via)}:${step.path}`;
  return callCli(stepContext, via, ['cp', source, destination], { expecting: 'done', deadlineMs });
}

async function overRest(
  step: CopyInStep,
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const directory = step.path === '' ? '' : step.path.slice(0, step.path.lastIndexOf('/')) || '/';
  const body = await tarOf(posix.basename(step.path) || 'file', step.data);
  const path = filesPath(boxPath(stepContext, step.on, step.by), directory);
  return callRest(
    stepContext,
    { method: 'PUT', path, body, contentType: 'application/x-tar' },
    'done',
    deadlineMs,
  );
}
