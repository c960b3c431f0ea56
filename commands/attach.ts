import * as fc from 'fast-check';
import { nextHandle } from '../model/handles.ts';
import type { Exec } from '../model/world.ts';
import type { StepOf } from '../program/step.ts';
import { openAttach } from './attaching.ts';
import { defineVerb } from './define.ts';
import { execRefs, surfaces } from './pick.ts';
import { without } from './shrink.ts';
import { execPath } from './spell.ts';

/** What a read-only client must not do shows best on a command that reads. */
function readonlyOn(exec: Exec | undefined): fc.Arbitrary<true | undefined> {
  if (exec?.status !== 'running') return fc.constant(undefined);
  return fc.constantFrom(undefined, ...(exec.work.do === 'cat' ? [] : [undefined]), true);
}

/** Attach to an execution: first, second, again, after its end, bogus. */
export const attach = defineVerb<'attach'>({
  op: 'attach',
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() =>
      execRefs(world).map((exec): StepOf<'attach'> => ({ op: 'attach', as: nextHandle(world, 'att'), exec })),
    ),
  vary: (step, world) => {
    const readonly = readonlyOn(world.execs[step.exec]);
    const by = step.exec.startsWith('?')
      ? fc.constant(undefined)
      : fc.constantFrom(undefined, undefined, 'name' as const, 'prefix' as const);
    return fc.record({ readonly, by }).map((extra) => ({
      ...step,
      ...(extra.readonly ? { readonly: true } : {}),
      ...(extra.by ? { by: extra.by } : {}),
    }));
  },
  perform: (step, hands, deadlineMs) =>
    openAttach(hands, step.as, execPath(hands, step.exec, step.by), step.readonly, deadlineMs),
  shrink: (step) => without(step, 'readonly', 'by'),
});
