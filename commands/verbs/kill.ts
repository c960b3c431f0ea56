import { execRef } from '../../domain/handle.ts';
import { predictKill } from '../../model/predict/execution.ts';
import { ofExec } from '../../model/situation.ts';
import { callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { execRefs, surfaces } from '../pick.ts';
import { execPath } from '../spell.ts';

const shape = { exec: execRef };

/** DELETE execution: KILL, then forgotten. */
export const kill = defineVerb({
  op: 'kill',
  shape,
  predict: predictKill,
  situation: ofExec,
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() => execRefs(world).map((exec) => ({ op: 'kill' as const, exec }))),
  perform: (step, stepContext, deadlineMs) =>
    callRest(stepContext, { method: 'DELETE', path: execPath(stepContext, step.exec) }, 'done', deadlineMs),
});
