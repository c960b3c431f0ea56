import { z } from 'zod';
import { predictLogs } from '../../model/predict/usage.ts';
import { cli } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { typed } from '../paths.ts';
import { without } from '../shrink.ts';

/** Fewer lines than some boots leave. */
const LINES = [0, 1, 3];

/** logs: the console of a box, on the local home alone. */
export const logs = defineVerb({
  op: 'logs',
  shape: {
    ...oneBox,
    via: z.enum(['cli', 'url']),
    by,
    lines: z.int().min(0).optional(),
    /** It is asked twice in a row, and must tell the same. */
    twice: z.boolean().optional(),
  },
  effect: 'looks',
  weight: 1,
  themes: { ends: 3, recovery: 1, refusals: 1, lifecycle: 2, usage: 4, volumes: 1, memory: 2, files: 1 },
  refusals: 0.5,
  contract: { cli: ['13', '8.4'] },
  predict: predictLogs,
  likely: ({ twice }) => (twice ? 3 : 1),
  forms: () => [{}, { twice: true }, ...LINES.map((lines) => ({ lines }))],
  calls: ({ via, lines, twice, ...step }) => {
    const words = ['logs', typed(via, step), ...(lines === undefined ? [] : ['-n', String(lines)])];
    return [cli(via, words, 'ended', twice ? { twice } : {})];
  },
  shrink: (step) => without(step, 'by', 'lines', 'twice'),
  // The console of a box that has never run is empty, and one that is up still writes.
  urge: ({ boxes }) =>
    Object.values(boxes).some(
      ({ home, status, runs }) => home === 'local' && status === 'stopped' && runs > 0,
    )
      ? 3
      : 0.5,
  detail: ({ lines, twice }) => (twice ? 'twice' : lines === undefined ? '' : 'lines'),
});
