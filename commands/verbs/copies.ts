import { z } from 'zod';
import { boxHandle, boxRef } from '../../domain/handle.ts';
import { givenName } from '../../domain/text.ts';
import { predictClone, predictExport, predictImport } from '../../model/predict/copies.ts';
import { ofBox } from '../../model/situation.ts';
import { boxesOf, nextHandle, type World } from '../../model/world.ts';
import { type Call, type RestCall, rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, keyOf } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { livingBoxes, subjectsOf } from '../pick.ts';
import { without } from '../shrink.ts';
import { names } from '../values.ts';
import type { DrawContext, StepWith } from '../verb.ts';

/** Names for a copy: none, a free one, one that is taken. */
function namesFor(world: World): (string | undefined)[] {
  const taken = boxesOf(world, 'server').flatMap(({ name }) => (name === null ? [] : [name]));
  const free = names.filter((name) => !taken.includes(name));
  return [undefined, ...free.slice(0, 2), ...taken.slice(0, 1)];
}

/** Boxes of which a copy may be made, where there is room for one more. */
const sources = (world: World, context: DrawContext): string[] =>
  livingBoxes(world).length >= context.maxBoxes
    ? []
    : subjectsOf('box', [], world, context).map(({ on }) => String(on));

const made = (world: World, name: string | undefined) => ({
  as: nextHandle(world, 'box'),
  ...(name === undefined ? {} : { name }),
});

const discovered = (as: string): Call => ({ call: 'discover', as, via: 'rest' });

const cloneShape = { on: boxRef, by, as: boxHandle, name: givenName.optional() };
type CloneStep = StepWith<'clone', typeof cloneShape>;

/** POST clone: another box with the same disk. */
export const clone = defineVerb({
  op: 'clone',
  shape: cloneShape,
  makes: 'box',
  effect: 'creates',
  weight: 1.5,
  themes: { copies: 8, refusals: 2 },
  refusals: 1,
  contract: { cli: ['11.3', '11.2'] },
  predict: predictClone,
  candidates: (world, context) =>
    sources(world, context).flatMap((on) =>
      namesFor(world).map((name): CloneStep => ({ op: 'clone', on, ...made(world, name) })),
    ),
  calls: ({ as, name, ...step }) => [
    rest('POST', boxPath(step, '/clone'), 'created', {
      json: name === undefined ? {} : { name: { $: 'name', name } },
      as,
    }),
    discovered(as),
  ],
  shrink: (step) => without(step, 'by', 'name'),
});

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

/** Bodies that are no archive of a box; `cut` is the first half of one (contract 11.3). */
const flaws = {
  empty: { data: '' },
  garbage: { data: 'this is no archive\n' },
  'no-disk': { tar: { name: 'manifest.json', data: '{"version":3}' } },
  'bad-manifest': { tar: { name: 'manifest.json', data: '{' } },
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
    const copies = sources(world, context).flatMap((on) => [
      ...namesFor(world).map((name): ImportStep => ({ op: 'import', via: 'rest', on, ...made(world, name) })),
      { op: 'import', via: 'rest', on, ...made(world, undefined), flaw: 'cut' } as ImportStep,
    ]);
    const bodies = importShape.flaw.unwrap().options.filter((flaw) => flaw !== 'cut');
    return [
      ...copies,
      ...bodies.map((flaw): ImportStep => ({ op: 'import', via: 'rest', ...made(world, undefined), flaw })),
    ];
  },
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
    discovered(as),
  ],
  shrink: (step) => without(step, 'by', 'name'),
});
