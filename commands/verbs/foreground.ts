import * as fc from 'fast-check';
import { z } from 'zod';
import type { Observation } from '../../domain/observation.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { nextHandle } from '../../model/handles.ts';
import { predictForeground } from '../../model/predict/creation.ts';
import { ofCreation } from '../../model/situation.ts';
import { fromAttach } from '../../runtime/normal-form/index.ts';
import { callCli, callRest } from '../call.ts';
import { createArgs, createBody } from '../create-args.ts';
import { creationCandidates, maybeNamed, simplerCreation } from '../creation.ts';
import { defineVerb } from '../define.ts';
import { discover } from '../discover.ts';
import { newBox } from '../fields.ts';
import { followToEnd } from '../follow.ts';
import { without } from '../shrink.ts';
import { boxPath } from '../spell.ts';
import type { StepContext } from '../step-context.ts';
import { finite, impossible, inputs } from '../values.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...newBox, main: workSchema, stdin: z.string().optional(), rm: z.boolean().optional() };
type ForegroundStep = StepWith<'foreground', typeof shape>;

/** What shows a volume in the very step that asks for it. */
const looks: Work[] = [
  { do: 'mounts' },
  { do: 'mounts' },
  { do: 'write', path: '/mnt/a/g', data: 'written by init\n' },
  { do: 'read', path: '/mnt/a/marker' },
];

/** Mostly those that write; several of the one that reads, because much can happen to what it is fed. */
const cat: Work = { do: 'cat' };
const mains: Work[] = [...finite, cat, cat, cat, cat, ...looks, ...impossible];

/** Foreground run; over REST: create with detach false, attach the main session, start, read to the end. */
export const foreground = defineVerb({
  op: 'foreground',
  shape,
  makes: 'box',
  predict: predictForeground,
  situation: ofCreation,
  candidates: (world, context) =>
    creationCandidates(
      world,
      context,
      { mains, mounting: looks },
      (via, { main, ...extra }): ForegroundStep => {
        const as = nextHandle(world, 'box');
        return { op: 'foreground', via, as, main: main ?? (finite[0] as Work), ...extra };
      },
    ),
  vary: (step, world) => maybeNamed(step, world).chain(withDetails),
  perform: async (step, stepContext, deadlineMs) => {
    const seen = await (step.via === 'rest'
      ? overRest(step, stepContext, deadlineMs)
      : overCli(step, step.via, stepContext, deadlineMs));
    // A box that --rm should have taken away is looked for where looking is cheap.
    if (!step.rm || step.via !== 'cli') await discover(stepContext, step.as, step.via, deadlineMs);
    return seen;
  },
  shrink: function* (step) {
    yield* without(step, 'stdin', 'rm');
    yield* simplerCreation(step, true);
  },
});

/**
 * --rm exists on the CLI only, and asks for more than a plain run does; what is fed matters only to a command that
 * reads.
 */
function withDetails(step: ForegroundStep): fc.Arbitrary<ForegroundStep> {
  const rm =
    step.via === 'rest' ? fc.constant(undefined) : fc.constantFrom(undefined, true, true, true, true);
  const stdin = step.main.do === 'cat' ? fc.constantFrom(undefined, ...inputs) : fc.constant(undefined);
  return fc.record({ rm, stdin }).map((extra) => {
    const given = Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined));
    return { ...step, ...given };
  });
}

async function overCli(
  step: ForegroundStep,
  via: 'cli' | 'url',
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const flags = [...(step.rm ? ['--rm'] : []), ...(step.stdin === undefined ? [] : ['-i'])];
  const args = ['run', ...flags, ...(await createArgs(step, stepContext))];
  return callCli(stepContext, via, args, { expecting: 'ended', deadlineMs, stdin: step.stdin });
}

async function overRest(
  step: ForegroundStep,
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const json = { ...(await createBody(step, stepContext)), detach: false };
  const made = await callRest(
    stepContext,
    { method: 'POST', path: '/v1/boxes', json },
    'created',
    deadlineMs,
  );
  if (made.is !== 'done' || !made.id) return made;
  stepContext.boxIds.set(step.as, made.id);
  const path = boxPath(stepContext, step.as);
  const answer = await stepContext.session.attach(`${path}/attach`, {
    timeoutMs: deadlineMs,
    signal: stepContext.signal,
  });
  if (!('socket' in answer)) return fromAttach(answer);
  const started = await callRest(stepContext, { method: 'POST', path: `${path}/start` }, 'acted', deadlineMs);
  if (started.is !== 'done') return started;
  if (step.stdin) answer.socket.sendBinary(step.stdin);
  answer.socket.sendText('{"type":"stdin_eof"}');
  return followToEnd(answer.socket, deadlineMs, stepContext.signal);
}
