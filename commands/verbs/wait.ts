import { execRef } from '../../domain/handle.ts';
import { predictWait } from '../../model/predict/execution.ts';
import { ofExec } from '../../model/situation.ts';
import { callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { execRefs, surfaces } from '../pick.ts';
import { execPath } from '../spell.ts';

const shape = { exec: execRef };

/** GET execution. */
export const wait = defineVerb({
  op: 'wait',
  shape,
  predict: predictWait,
  situation: ofExec,
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() => execRefs(world).map((exec) => ({ op: 'wait' as const, exec }))),
  perform: (step, stepContext, deadlineMs) =>
    callRest(stepContext, { method: 'GET', path: execPath(stepContext, step.exec) }, 'execution', deadlineMs),
});
