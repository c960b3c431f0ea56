import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { targetNames } from '../../domain/identity.ts';
import { readJson } from '../../files/json.ts';
import type { Environment } from '../../report/environment.ts';
import { defined, type Globals } from '../options/globals.ts';
import { chosenTarget } from '../options/target.ts';

const text = z.string().optional();
const schema = z.object({
  identity: z.object({ target: z.enum(targetNames), version: z.string() }),
  options: z.object({
    ...{ boxlite: text, url: text, pathPrefix: text, home: text, image: text, rootfs: text, version: text },
    resident: z.boolean().optional(),
    defects: z.array(z.string()).optional(),
  }),
});

/** What a counterexample was found on, as its folder tells it. */
export type FoundOn = z.infer<typeof schema>;

/** Reads what a counterexample's folder was found on; null for a mere program file. */
export async function readFoundOn(path: string): Promise<FoundOn | null> {
  const file = join(path, 'environment.json');
  if (!(await stat(file).catch(() => null))) return null;
  return readJson(file, { schema, hint: 'what boxcheck wrote beside program.json is wanted' });
}

/** The flags of a replay: what a counterexample was found on, as far as nothing else is told. */
export function replayFlags<G extends Globals>(found: FoundOn | null, globals: G): G {
  const chosen = chosenTarget(globals);
  if (!found || (chosen !== 'best' && chosen !== found.identity.target)) return globals;
  const { identity, options } = found;
  const { defects: defect, image, rootfs, ...others } = options;
  const { target } = identity;
  // Boxes are made from one of the two.
  const from = globals.image === undefined && globals.rootfs === undefined ? { image, rootfs } : {};
  const version = target === 'lab' ? identity.version : others.version;
  return { ...globals, ...defined({ ...others, ...from, target, version, defect }), ...defined(globals) };
}

type Place = { readonly identity: Pick<Environment['identity'], 'target' | 'version'>; options: object };

const placeText = ({ identity: { target, version }, options }: Place): string => {
  const defects = 'defects' in options && Array.isArray(options.defects) ? options.defects : [];
  return [`target ${target}`, `BoxLite ${version}`, ...defects.map((name) => `defect ${name}`)].join(', ');
};

/** What a replay is on where that differs from what the counterexample was found on; null where it does not. */
export function otherPlace(found: FoundOn | null, here: Place): string | null {
  if (!found || placeText(found) === placeText(here)) return null;
  return `found on ${placeText(found)}; replayed on ${placeText(here)}`;
}
