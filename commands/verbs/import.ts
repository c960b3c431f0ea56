import { z } from 'zod';
import { boxHandle, boxRef } from '../../domain/handle.ts';
import { givenName } from '../../domain/text.ts';
import { predictImport } from '../../model/predict/copies.ts';
import { ofBox } from '../../model/situation.ts';
import { type RestCall, rest } from '../calls.ts';
import { copyDiscovered, copyMade, copyNames, copySources } from '../copies.ts';
import { defineVerb } from '../define.ts';
import { by, keyOf } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { livingBoxes } from '../pick.ts';
import { without } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

/** Bodies that are no archive of a box; `cut` is the first half of one (contract 11.3). */
const flaws = {
  empty: { data: '' },
  garbage: { data: 'this is no archive\n' },
  'no-disk': { tar: { 'manifest.json': '{"version":3}' } },
  'bad-manifest': { tar: { 'manifest.json': '{' } },
  cut: { archive: 'half' },
} satisfies Record<string, Partial<RestCall>>;

const importShape = {
  via: z.enum(['rest']),
  /** The box that is exported for it; absent where the body is none of an export. */
  on: boxRef.optional(),
  by,
  as: boxHandle,
  name: givenName.optional(),
  flaw: keyOf(flaws).optional(),
};
type ImportStep = StepWith<'import', typeof importShape>;

/** POST import: a box from an archive that is exported in the same step, or from something else. */
export const importBox = defineVerb({
  op: 'import',
  shape: importShape,
  makes: 'box',
  effect: 'creates',
  weight: 0.7,
  themes: { copies: 3, refusals: 2 },
  refusals: 2,
  contract: { cli: ['11.3', '11.1'] },
  predict: predictImport,
  situation: (world, { on, flaw }) => (on === undefined ? `${flaw}` : ofBox(world, { on, via: 'rest' })),
  candidates: (world, context) => {
    if (!context.surfaces.has('rest') || livingBoxes(world).length >= context.maxBoxes) return [];
    const copies = copySources(world, context).flatMap((on) => [
      ...copyNames(world).map(
        (name): ImportStep => ({ op: 'import', via: 'rest', on, ...copyMade(world, name) }),
      ),
      { op: 'import', via: 'rest', on, ...copyMade(world, undefined), flaw: 'cut' } as ImportStep,
    ]);
    const bodies = importShape.flaw.unwrap().options.filter((flaw) => flaw !== 'cut');
    return [
      ...copies,
      ...bodies.map(
        (flaw): ImportStep => ({ op: 'import', via: 'rest', ...copyMade(world, undefined), flaw }),
      ),
    ];
  },
  likely: ({ flaw }) => (flaw === undefined ? 1 : 4),
  calls: ({ on, by, as, name, flaw }) => [
    ...(on === undefined ? [] : [rest('POST', boxPath({ on, by }, '/export'), 'archive', { keeps: true })]),
    rest(
      'POST',
      ['/boxes/import', ...(name === undefined ? [] : ['?name=', { $: 'name', name } as const])],
      'created',
      {
        ...(flaw === undefined ? { archive: 'whole' } : flaws[flaw]),
        as,
      },
    ),
    copyDiscovered(as),
  ],
  shrink: (step) => without(step, 'by', 'name'),
});
