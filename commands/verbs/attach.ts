import * as fc from 'fast-check';
import { nextHandle } from '../../model/handles.ts';
import type { Exec } from '../../model/world.ts';
import type { StepOf } from '../../program/step.ts';
import { asked, openAttach, spelledMode } from '../attaching.ts';
import { defineVerb } from '../define.ts';
import { execRefs, surfaces } from '../pick.ts';
import { without } from '../shrink.ts';
import { execPath } from '../spell.ts';

/** What a client that reads only must not do shows best on a command that reads. */
const modes = (step: StepOf<'attach'>, exec: Exec | undefined): fc.Arbitrary<StepOf<'attach'>> =>
  exec?.status === 'running' || step.stdin !== undefined
    ? spelledMode(step, exec?.work.do === 'cat' ? 5 : 3)
    : fc.constant(step);

/** Attach to an execution: first, second, again, after its end, bogus. */
export const attach = defineVerb<'attach'>({
  op: 'attach',
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() =>
      execRefs(world).flatMap((exec): StepOf<'attach'>[] =>
        asked({ op: 'attach', as: nextHandle(world, 'att'), exec }),
      ),
    ),
  vary: (step, world) => {
    const by = step.exec.startsWith('?')
      ? fc.constant(undefined)
      : fc.constantFrom(undefined, undefined, 'name' as const, 'prefix' as const);
    return fc
      .tuple(modes(step, world.execs[step.exec]), by)
      .map(([each, spelling]) => (spelling ? { ...each, by: spelling } : each));
  },
  perform: (step, stepContext, deadlineMs) =>
    openAttach(stepContext, step, execPath(stepContext, step.exec, step.by), deadlineMs),
  shrink: (step) => without(step, 'stdin', 'readonly', 'by'),
});
