import { serverEnds } from '../../domain/server-end.ts';
import { predictRestartServer } from '../../model/predict/ends.ts';
import { ofServer } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { keyOf } from '../fields.ts';
import { running } from '../pick.ts';
import type { StepWith } from '../verb.ts';

const shape = { how: keyOf(serverEnds) };
type RestartServerStep = StepWith<'restart-server', typeof shape>;

/** The server is ended, orderly or not, and another one is started on the same home and address. */
export const restartServer = defineVerb({
  op: 'restart-server',
  shape,
  effect: 'renews',
  weight: 3,
  themes: { recovery: 14, usage: 1 },
  contract: { cli: ['3.5', '8.11'] },
  predict: predictRestartServer,
  situation: ofServer,
  // Without a box of the server there is nothing it could lose.
  candidates: (world) =>
    Object.values(world.boxes).some(({ home, status }) => home === 'server' && status !== 'removed')
      ? shape.how.options.map((how): RestartServerStep => ({ op: 'restart-server', how }))
      : [],
  // The orderly end alone has something to do, and so to do wrong (contract 8.10).
  likely: ({ how }) => (how === 'interrupt' ? 3 : 1),
  calls: ({ how }) => [{ call: 'renew', how }],
  shrink: function* (step) {
    if (step.how !== 'interrupt') yield { ...step, how: 'interrupt' as const };
  },
  // Nothing that runs: nothing to lose.
  urge: (world) => (running(world).some(({ home }) => home === 'server') ? 1 : 0.4),
});
