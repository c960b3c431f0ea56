import { execHandle } from '../../domain/handle.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { nextHandle } from '../../model/handles.ts';
import { predictSpawn } from '../../model/predict/exec.ts';
import { ofBox } from '../../model/situation.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { execArgs, execBody } from '../exec-args.ts';
import { by, oneBox } from '../fields.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer, withSimplerWork } from '../shrink.ts';
import { boxPath } from '../spell.ts';
import { finite, impossible, lasting } from '../values.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by, as: execHandle, work: workSchema };
type SpawnStep = StepWith<'spawn', typeof shape>;

const works: Work[] = [...lasting, { do: 'cat' }, { do: 'cat' }, ...finite.slice(-10), ...impossible];

/** exec -d, POST exec: started, not waited for. */
export const spawn = defineVerb({
  op: 'spawn',
  shape,
  makes: 'exec',
  predict: predictSpawn,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(world, surfaces(context, 'cli', 'url', 'rest'), (via, on): SpawnStep[] =>
      works.map((work) => ({ op: 'spawn', via, on, as: nextHandle(world, 'exec'), work })),
    ),
  vary: spelled,
  perform: async (step, stepContext, deadlineMs) => {
    if (step.via !== 'rest') {
      const seen = await callCli(stepContext, step.via, execArgs(step, stepContext, ['-d']), {
        expecting: 'done',
        deadlineMs,
      });
      // The CLI tells no id; that it succeeded is all there is to see.
      return seen.is === 'done' ? { ...seen, id: 'untold' } : seen;
    }
    const request = {
      method: 'POST',
      path: `${boxPath(stepContext, step.on, step.by)}/exec`,
      json: execBody(step),
    };
    const seen = await callRest(stepContext, request, 'exec', deadlineMs);
    if (seen.is === 'done' && seen.id) stepContext.execIds.set(step.as, seen.id);
    return seen;
  },
  shrink: function* (step) {
    yield* withSimplerWork(step);
    yield* plainer(step);
  },
});
