import * as fc from 'fast-check';
import { attachQuery } from '../../domain/attach-mode.ts';
import { attachHandle, execRef } from '../../domain/handle.ts';
import { predictAttach } from '../../model/predict/attach.ts';
import type { Refers } from '../../model/refers.ts';
import type { Exec } from '../../model/world.ts';
import { asked, spelledMode } from '../attaching.ts';
import { weighted } from '../balance.ts';
import { sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { attachesBySdk, attachMode, by } from '../fields.ts';
import { besideOf, execPath } from '../paths.ts';
import { without } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = { as: attachHandle, exec: execRef, ...attachMode, by, via: attachesBySdk };
type AttachStep = StepWith<'attach', typeof shape>;

/** What a client that reads only must not do shows best on a command that reads. */
const modes = (step: AttachStep, exec: Exec | undefined): fc.Arbitrary<AttachStep> =>
  exec?.status === 'running' || step.stdin !== undefined
    ? spelledMode(step, exec?.work.do === 'cat' ? 5 : 3)
    : fc.constant(step);

/** Attach to an execution: first, second, again, after its end, bogus. */
export const attach = defineVerb({
  op: 'attach',
  shape,
  makes: 'att',
  effect: 'changes',
  weight: 7,
  themes: { streams: 7, conversation: 9, executions: 5, outputs: 2, recovery: 7 },
  needs: ['spawn'],
  waitS: 40,
  contract: { cli: ['5.4', '5.2'] },
  predict: predictAttach,
  forms: () => asked,
  vary: (step, world) => {
    const by = step.exec.startsWith('?')
      ? fc.constant(undefined)
      : weighted([
          [undefined, 2],
          ['name', 1],
          ['prefix', 1],
        ] as const);
    return fc
      .tuple(modes(step, world.execs[step.exec]), by)
      .map(([each, spelling]) => (spelling ? { ...each, by: spelling } : each));
  },
  calls: (step) => {
    const { via, as, exec } = step;
    if (!via) return [{ call: 'open', path: execPath(step, `/attach${attachQuery(step)}`), as }];
    const json = { box: besideOf(step), execution: { $: 'exec', exec } } as const;
    return [sdk(via, 'attach', json, 'attached', { as })];
  },
  shrink: (step) => without(step, 'stdin', 'readonly'),
  merge: ({ as, exec }, { effect, step: later }) =>
    effect === 'looks' && later.attach === as ? ({ op: 'wait', exec } as Refers) : null,
});
