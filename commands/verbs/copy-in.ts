import { posix } from 'node:path';
import type { Observation } from '../../domain/observation.ts';
import type { StepOf } from '../../program/step.ts';
import { callCli, callRest } from '../call.ts';
import { copyPaths, filesPath, simplerPath } from '../copying.ts';
import { defineVerb } from '../define.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import { boxPath, spell } from '../spell.ts';
import type { StepContext } from '../step-context.ts';
import { tarOf } from '../tar.ts';

/** cp into a box, PUT files. */
export const copyIn = defineVerb<'copy-in'>({
  op: 'copy-in',
  candidates: (world, context) =>
    eachBox(world, surfaces(context, 'cli', 'url', 'rest'), (via, on): StepOf<'copy-in'>[] =>
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
  step: StepOf<'copy-in'>,
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
  step: StepOf<'copy-in'>,
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
