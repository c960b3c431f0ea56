import { boxRef } from '../../domain/handle.ts';
import { predictExport } from '../../model/predict/copies.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { without } from '../shrink.ts';

/** POST export: the box as an archive. */
export const exportBox = defineVerb({
  op: 'export',
  shape: { on: boxRef, by },
  effect: 'looks',
  weight: 0.7,
  themes: { copies: 2, refusals: 1 },
  refusals: 0.5,
  contract: { cli: ['11.3', '11.2'] },
  predict: predictExport,
  calls: (step) => [rest('POST', boxPath(step, '/export'), 'archive')],
  shrink: (step) => without(step, 'by'),
});
