import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { targetNames } from '../../domain/identity.ts';
import { readJson } from '../../files/json.ts';
import { UsageError } from '../cli/errors.ts';
import { marksThatCount } from '../options/choose.ts';
import { defined, type Globals } from '../options/globals.ts';
import { chosenTarget } from '../options/target.ts';

const text = z.string().optional();
const schema = z.object({
  identity: z.object({ target: z.enum(targetNames), version: z.string() }),
  options: z.object({
    ...{ boxlite: text, url: text, pathPrefix: text, home: text, image: text, rootfs: text, version: text },
    resident: z.boolean().optional(),
    defects: z.array(z.string()).optional(),
    known: z.literal(false).optional(),
    knownId: z.array(z.string()).optional(),
  }),
});

/** What a counterexample was found on, as its folder tells it. */
export type FoundOn = z.infer<typeof schema>;

/** Reads what a counterexample's folder was found on; null for a mere program file. */
export async function readFoundOn(path: string): Promise<FoundOn | null> {
  const file = join(path, 'environment.json');
  if (!(await stat(file).catch(() => null))) return null;
  const found = await readJson(file, { schema, hint: 'what boxcheck wrote beside program.json is wanted' });
  const { knownId, ...options } = found.options;
  if (!knownId) return found;
  // A mark that was removed since counts as little as one that is left out.
  const ids = (await marksThatCount({})).map(({ id }) => id);
  return { ...found, options: { ...options, knownId: knownId.filter((id) => ids.includes(id)) } };
}

/** The flags of a replay: what a counterexample was found on, as far as nothing else is told. */
export function replayFlags<G extends Globals>(found: FoundOn | null, globals: G): G {
  if (!found) return globals;
  const { identity, options } = found;
  const { defects: defect, image, rootfs, known, knownId, ...others } = options;
  const areMarksTold = globals.known === false || Boolean(globals.knownId);
  // The same failure is looked for on whatever target.
  const marks = areMarksTold ? {} : defined({ known, knownId });
  const chosen = chosenTarget(globals);
  if (chosen !== 'best' && chosen !== identity.target) return { ...globals, ...marks };
  // A folder may be anybody's, and name any server.
  if (options.url !== undefined && globals.url === undefined && process.env.BOXLITE_API_KEY)
    throw new UsageError(`found on ${options.url}: BOXLITE_API_KEY is sent there only where --url says so`);
  // Boxes are made from one of the two.
  const from = globals.image === undefined && globals.rootfs === undefined ? { image, rootfs } : {};
  const version = identity.target === 'lab' ? identity.version : others.version;
  return {
    ...globals,
    ...defined({ ...others, ...from, target: identity.target, version, defect }),
    ...defined(globals),
    ...marks,
  };
}
