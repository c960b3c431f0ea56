import { z } from 'zod';
import { execRef } from '../../domain/handle.ts';
import { predictResize } from '../../model/predict/execution.ts';
import { rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { throughSdk as via } from '../fields.ts';
import { execPath } from '../paths.ts';
import { sizeOf } from '../terminals.ts';
import { terminals } from '../values.ts';

const sizes = [
  { rows: 24, cols: 80 },
  ...terminals.map(sizeOf),
  { rows: 0, cols: 80 },
  { rows: -1, cols: 80 },
  { rows: 24, cols: 0 },
  { rows: 24, cols: -1 },
];

/** POST resize. */
export const resize = defineVerb({
  op: 'resize',
  shape: { exec: execRef, rows: z.int(), cols: z.int(), via },
  effect: 'changes',
  weight: 1,
  themes: { executions: 6, streams: 1 },
  needs: ['spawn'],
  contract: { cli: ['5.1'] },
  predict: predictResize,
  forms: () => sizes,
  likely: ({ exec, rows }, { execs }) => {
    const work = execs[exec]?.work;
    if (work?.do === 'terminal' && work.rows === rows) return 12;
    return terminals.some((terminal) => terminal.rows === rows) ? 3 : 1;
  },
  urge: ({ execs }) =>
    Object.values(execs).some(({ status, work }) => status === 'running' && work.do === 'terminal') ? 8 : 1,
  calls: ({ rows, cols, ...step }) => [
    step.via
      ? sdk(step.via, 'resize', { execution: step.exec, rows, cols }, 'done')
      : rest('POST', execPath(step, '/resize'), 'done', { json: { rows, cols } }),
  ],
});
