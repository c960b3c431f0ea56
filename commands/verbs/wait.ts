import { execRef } from '../../domain/handle.ts';
import { predictWait } from '../../model/predict/execution.ts';
import { rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { throughSdk as via } from '../fields.ts';
import { execPath } from '../paths.ts';

/** GET execution; an SDK waits for the end. */
export const wait = defineVerb({
  op: 'wait',
  shape: { exec: execRef, via },
  effect: 'looks',
  weight: 5,
  themes: { streams: 5, conversation: 2, executions: 10, recovery: 4 },
  needs: ['spawn'],
  waitS: 20,
  contract: { cli: ['5.1', '5.4'] },
  predict: predictWait,
  calls: (step) => [
    step.via
      ? sdk(step.via, 'wait', { execution: step.exec }, 'execution')
      : rest('GET', execPath(step), 'execution'),
  ],
  owed: (world) => Object.values(world.execs).some(({ status }) => status === 'ending'),
});
