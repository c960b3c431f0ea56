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
import { untarOne } from '../tar.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by, path: z.string() };
type CopyOutStep = StepWith<'copy-out', typeof shape>;

/** cp out of a box, GET files. */
export const copyOut = defineVerb({
  op: 'copy-out',
  shape,
  predict: predictCopy,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(world, surfaces(context, 'cli', 'url', 'rest'), (via, on): CopyOutStep[] =>
      copyPaths(via)
        .filter((path) => path !== '/etc/hosts')
        .map((path) => ({ op: 'copy-out', via, on, path })),
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
  step: CopyOutStep,
  via: 'cli' | 'url',
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const destination = await stepContext.session.host.scratch(via, 'copy-out');
  const source = `${spell(stepContext, step.on, step.by, via)}:${step.path}`;
  const seen = await callCli(stepContext, via, ['cp', source, destination], {
    expecting: 'done',
    deadlineMs,
  });
  if (seen.is !== 'done') return seen;
  return { is: 'bytes', data: await stepContext.session.host.readScratch(via, destination) };
}

async function overRest(
  step: CopyOutStep,
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const path = filesPath(boxPath(stepContext, step.on, step.by), step.path);
  const seen = await callRest(stepContext, { method: 'GET', path }, 'bytes', deadlineMs);
  return seen.is === 'bytes' && seen.data !== null ? { is: 'bytes', data: await untarOne(seen.data) } : seen;
}
