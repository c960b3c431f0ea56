import { execRef } from '../../domain/handle.ts';
import { predictKill } from '../../model/predict/execution.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { execPath } from '../paths.ts';

/** DELETE execution: KILL, then forgotten. */
export const kill = defineVerb({
  op: 'kill',
  shape: { exec: execRef },
  effect: 'changes',
  weight: 2,
  themes: { executions: 6 },
  refusals: 0.5,
  needs: ['spawn'],
  contract: { cli: ['5.1'] },
  predict: predictKill,
  calls: (step) => [rest('DELETE', execPath(step), 'done')],
});
