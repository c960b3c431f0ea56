import { execRef } from '../../domain/handle.ts';
import { predictWait } from '../../model/predict/execution.ts';
import { ofExec } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { execPath } from '../paths.ts';
import { execRefs, surfaces } from '../pick.ts';

const shape = { exec: execRef };

/** GET execution. */
export const wait = defineVerb({
  op: 'wait',
  shape,
  effect: 'looks',
  weight: 5,
  themes: { streams: 5, conversation: 1, executions: 8, recovery: 3 },
  needs: ['spawn'],
  waitS: 20,
  contract: { cli: ['5.1', '5.4'] },
  predict: predictWait,
  situation: ofExec,
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap(() => execRefs(world).map((exec) => ({ op: 'wait' as const, exec }))),
  calls: (step) => [{ call: 'rest', method: 'GET', path: execPath(step), expecting: 'execution' }],
  owed: (world) => Object.values(world.execs).some(({ status }) => status === 'ending'),
});
