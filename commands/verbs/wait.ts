import { callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { execRefs, surfaces } from '../pick.ts';
import { execPath } from '../spell.ts';

/** GET execution. */
export const wait = defineVerb<'wait'>({
  op: 'wait',
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() => execRefs(world).map((exec) => ({ op: 'wait' as const, exec }))),
  perform: (step, stepContext, deadlineMs) =>
    callRest(stepContext, { method: 'GET', path: execPath(stepContext, step.exec) }, 'execution', deadlineMs),
});
