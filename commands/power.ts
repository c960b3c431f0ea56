import type { Power } from '../model/predict/power.ts';
import type { Call } from './calls.ts';
import { boxPath, typed } from './paths.ts';

/** The CLI form: the verb, its flags, the boxes as typed. */
export function powerByCli(step: Power, via: 'cli' | 'url', flags: readonly string[] = []): Call {
  const targets = step.on.map((on) => typed(via, { on, by: step.by }));
  return { call: 'cli', via, words: [step.op, ...flags, ...targets], expecting: 'batch', targets };
}

/** The only box of a step over REST. */
export const single = ({ on: [on = ''], by }: Power) => ({ on, by });

/** start and stop, over the CLI or REST; the answer of REST tells the box. */
export const powerCalls = (step: Power): Call[] => [
  step.via === 'rest'
    ? { call: 'rest', method: 'POST', path: boxPath(single(step), `/${step.op}`), expecting: 'acted' }
    : powerByCli(step, step.via),
];
