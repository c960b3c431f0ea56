import { z } from 'zod';
import { execRef } from '../../domain/handle.ts';
import { predictKill, predictSignal } from '../../model/predict/execution.ts';
import { rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { throughSdk as via } from '../fields.ts';
import { execPath } from '../paths.ts';

/** Signals that end, that are ignored, and that are not allowed (contract 5.1). */
const signals = [15, 2, 1, 10, 28, 9, 0, 64, 99, -1];
/** An execution that nobody made is refused whatever the signal is. */
const signalsFor = (exec: string): number[] => (exec.startsWith('?') ? [15] : signals);

/** POST signal. */
export const signal = defineVerb({
  op: 'signal',
  shape: { exec: execRef, signal: z.int(), via },
  effect: 'changes',
  weight: 3,
  themes: { streams: 4, executions: 3 },
  needs: ['spawn'],
  contract: { cli: ['5.1'] },
  predict: predictSignal,
  forms: ({ exec }) => signalsFor(exec).map((signal) => ({ signal })),
  calls: ({ signal, ...step }) => [
    step.via
      ? sdk(step.via, 'signal', { execution: step.exec, signal }, 'done')
      : rest('POST', execPath(step, '/signal'), 'done', { json: { signal } }),
  ],
  shrink: function* (step) {
    if (step.signal !== 15) yield { ...step, signal: 15 };
  },
  detail: ({ signal }) => String(signal),
});

/** DELETE execution: KILL, then forgotten. */
export const kill = defineVerb({
  op: 'kill',
  shape: { exec: execRef, via },
  effect: 'changes',
  weight: 2,
  themes: { executions: 11 },
  refusals: 0.5,
  needs: ['spawn'],
  contract: { cli: ['5.1'] },
  predict: predictKill,
  // A client that sees it end.
  urge: ({ execs }) => (Object.values(execs).some(({ attachedBy }) => attachedBy !== null) ? 5 : 1),
  calls: (step) => [
    step.via
      ? sdk(step.via, 'kill', { execution: step.exec }, 'done')
      : rest('DELETE', execPath(step), 'done'),
  ],
});
