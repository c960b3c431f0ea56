import { boxHandle, boxRef } from '../../domain/handle.ts';
import { givenName } from '../../domain/text.ts';
import { predictClone } from '../../model/predict/copies.ts';
import { rest } from '../calls.ts';
import { copyDiscovered, copyMade, copyNames, copySources } from '../copies.ts';
import { defineVerb } from '../define.ts';
import { by } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { without } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const cloneShape = { on: boxRef, by, as: boxHandle, name: givenName.optional() };
type CloneStep = StepWith<'clone', typeof cloneShape>;

/** POST clone: another box with the same disk. */
export const clone = defineVerb({
  op: 'clone',
  shape: cloneShape,
  makes: 'box',
  effect: 'creates',
  weight: 1.5,
  themes: { copies: 10, snapshots: 5, refusals: 2, network: 12 },
  refusals: 2,
  contract: { cli: ['11.3', '11.2'] },
  predict: predictClone,
  candidates: (world, context) =>
    copySources(world, context).flatMap((on) =>
      copyNames(world).map((name): CloneStep => ({ op: 'clone', on, ...copyMade(world, name) })),
    ),
  // Whether the copy has all that the box was made with.
  likely: ({ on }, world) => (world.boxes[on]?.options.allowNet ? 6 : 1),
  calls: ({ as, name, ...step }) => [
    rest('POST', boxPath(step, '/clone'), 'created', {
      json: name === undefined ? {} : { name: { $: 'name', name } },
      as,
    }),
    copyDiscovered(as),
  ],
  shrink: (step) => without(step, 'by', 'name'),
});
