import { callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { execRefs, surfaces } from '../pick.ts';
import { execPath } from '../spell.ts';

/** DELETE execution: KILL, then forgotten. */
export const kill = defineVerb<'kill'>({
  op: 'kill',
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() => execRefs(world).map((exec) => ({ op: 'kill' as const, exec }))),
  perform: (step, stepContext, deadlineMs) =>
    callRest(stepContext, { method: 'DELETE', path: execPath(stepContext, step.exec) }, 'done', deadlineMs),
});
