import type { Power } from '../model/predict/power.ts';
import { type Call, cli, rest } from './calls.ts';
import { boxPath, typed } from './paths.ts';

/** The CLI form: the verb, its flags, the boxes as typed. */
export function powerByCli(step: Power, via: 'cli' | 'url', flags: readonly string[] = []): Call {
  const targets = step.on.map((on) => typed(via, { on, by: step.by }));
  return cli(via, [step.op, ...flags, ...targets], 'batch', { targets });
}

/** The only box of a step over REST. */
export const single = ({ on: [on = ''], by }: Power) => ({ on, by });

/** start and stop, over the CLI or REST; the answer of REST tells the box. */
export const powerCalls = (step: Power): Call[] => [
  step.via === 'rest'
    ? rest('POST', boxPath(single(step), `/${step.op}`), 'acted')
    : powerByCli(step, step.via),
];
