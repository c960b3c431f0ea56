import { isCli, isSdk } from '../../domain/surface.ts';
import { type Power, predictPower } from '../../model/predict/power.ts';
import type { Box } from '../../model/world.ts';
import { type Call, cli, rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { running } from '../pick.ts';
import { isPastHead, isWritten } from '../snapshots.ts';
import { bootsAtRest } from '../verb.ts';

/** The CLI form: the verb, its flags, the boxes as typed. */
export function powerByCli(step: Power, via: 'cli' | 'url', flags: readonly string[] = []): Call {
  const targets = step.on.map((on) => typed(via, { on, by: step.by }));
  return cli(via, [step.op, ...flags, ...targets], 'batch', { targets });
}

/** The only box of a step over REST. */
export const single = ({ on: [on = ''], by }: Power) => ({ on, by });

/** start and stop; the answer of REST tells the box. */
const powerCalls = (step: Power): Call[] => {
  if (isCli(step.via)) return [powerByCli(step, step.via)];
  if (isSdk(step.via)) return [sdk(step.via, step.op, { box: typed(step.via, single(step)) }, 'done')];
  return [rest('POST', boxPath(single(step), `/${step.op}`), 'acted')];
};

const isFreshCopy = (box: Box | undefined): boolean =>
  box?.status === 'stopped' && box.copy !== null && box.runs === 0;

/** start, POST start. */
export const start = defineVerb({
  op: 'start',
  shape: someBoxes,
  effect: 'boots',
  weight: 6,
  themes: {
    ports: 8,
    network: 10,
    memory: 7,
    'main session': 6,
    ends: 6,
    options: 2,
    recovery: 6,
    lifecycle: 6,
    usage: 4,
    copies: 3,
  },
  refusals: 3,
  contract: { cli: ['2.1', '3.2'], rest: ['4.3', '3.2'] },
  // Whether a copy has all that the box was made with.
  likely: ({ on }, world) => (on.some((each) => isFreshCopy(world.boxes[each])) ? 8 : 1),
  predict: predictPower,
  calls: powerCalls,
});

/** stop, POST stop. */
export const stop = defineVerb({
  op: 'stop',
  shape: someBoxes,
  effect: 'stops',
  weight: 4,
  themes: {
    ports: 6,
    network: 10,
    streams: 2,
    'main session': 4,
    files: 2,
    ends: 4,
    options: 2,
    refusals: 4,
    recovery: 7,
    lifecycle: 4,
    usage: 4,
    copies: 9,
    snapshots: 9,
    executions: 3,
  },
  contract: { cli: ['2.1', '3.3'], rest: ['4.3', '3.3'] },
  predict: predictPower,
  likely: ({ on }, world) => (on.some((each) => world.boxes[each]?.status === 'running') ? 8 : 1),
  // What a snapshot holds can be put back once the box is at rest.
  urge: (world) => {
    const up = running(world);
    if (up.some(isPastHead)) return 15;
    return up.some((box) => box.home === 'server' && isWritten(box)) ? 2 : 1;
  },
  calls: powerCalls,
  merge: (step, { effect }) =>
    bootsAtRest(effect) ? { ...step, op: 'restart', via: isCli(step.via) ? step.via : 'url' } : null,
});
