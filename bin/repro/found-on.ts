import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { targetNames } from '../../domain/identity.ts';
import { readJson } from '../../files/json.ts';
import { UsageError } from '../cli/errors.ts';
import { checkFlags, marksThatCount } from '../options/choose.ts';
import { defined, type Globals } from '../options/globals.ts';
import { chosenTarget } from '../options/target.ts';
import { serverUrl } from '../options/values.ts';

const text = z.string().optional();
/** An address as the flag takes it: without a secret in it. */
const address = z.string().superRefine((url, { addIssue }) => {
  try {
    serverUrl(url);
  } catch (error) {
    addIssue((error as Error).message.replace('--url: ', ''));
  }
});
const schema = z.object({
  identity: z.object({ target: z.enum(targetNames), version: z.string() }),
  options: z.object({
    ...{
      boxlite: text,
      url: address.optional(),
      pathPrefix: text,
      home: text,
      image: text,
      rootfs: text,
      version: text,
    },
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
  // A folder may be anybody's: it names no program that is run, and no server that a key is sent to.
  if (options.boxlite !== undefined && globals.boxlite === undefined)
    throw new UsageError(`found with ${options.boxlite}: it is run only where --boxlite says so`);
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

/**
 * Checks the flags of a replay; what only its folder says is told as the folder's.
 * @throws UsageError that names the flag, or the file that stands for it
 */
export async function checkReplayFlags(file: string, flags: Globals, given: Globals): Promise<void> {
  const wrong = await checkFlags(flags).catch((error: Error) => error);
  if (!wrong) return;
  await checkFlags(given);
  throw new UsageError(`${join(file, 'environment.json')}: ${wrong.message}`);
}
