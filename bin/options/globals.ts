import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type TargetName, targetNames } from '../../domain/identity.ts';
import { MOST_LANES } from '../../domain/most-lanes.ts';
import { keepSecret } from '../../files/secret.ts';
import type { TargetOptions } from '../../runtime/ports/target.ts';
import { apiKey, names, serverUrl, wholeNumber } from './values.ts';

/** What every subcommand understands. */
export interface Globals extends Omit<TargetOptions, 'defects' | 'defectTrace' | 'cacheDir'> {
  defect?: string[];
  out?: string;
  json?: boolean;
  target?: TargetName;
  /** false: marks of known divergences do not count. */
  known?: boolean;
  /** Known divergences whose marks do not count, by their ids; null: not told. */
  knownId?: string[] | null;
  /** Programs at once. */
  lanes?: number | 'usual';
}

/** Adds the options about the target and the place of results to a subcommand. */
export function withGlobals(command: Command): Command {
  return command
    .option('--boxlite <file>', 'boxlite binary to use (host, external, lab; default: the one on PATH)')
    .option(
      '--url-boxlite <file>',
      'host, lab: boxlite binary of the clients of the server, of another version',
    )
    .option('--url <url>', 'external: server to test', serverUrl)
    .option(
      '--api-key <key>',
      "external: the server's key; better BOXLITE_API_KEY, which no process list shows",
      apiKey,
    )
    .option('--path-prefix <prefix>', 'external: path prefix of the server')
    .option('--home <dir>', 'external: home of the local CLI')
    .option('--image <image>', 'external: image that boxes are made from')
    .option('--rootfs <dir>', 'external: OCI layout directory that boxes are made from')
    .option('--version <version>', 'lab: BoxLite version')
    .option('--defect <names>', 'reference: seeded defects to switch on, by comma', names)
    .option(
      '--resident',
      'reference: one process serves the calls of its CLI; quicker, and not a process a call',
    )
    .option('--out <dir>', 'where findings and reports go', '.boxcheck')
    .option('--json', 'one JSON object on stdout instead of the summary');
}

/** The option that names the target. */
export const targetOption = () =>
  new Option('--target <target>', 'what to test (default: the best real runtime that can run here)').choices(
    targetNames,
  );

/** The option that says how many programs are run at once. */
export const lanesOption = () =>
  new Option(
    '--lanes <n>',
    'programs at once, each with homes and a server of its own (default: as many as cores and memory carry; one on external)',
  ).argParser(wholeNumber(1, MOST_LANES));

/** The option that leaves out marks of known divergences one by one; an empty name leaves out none. */
export const unmarkedOption = () =>
  new Option('--no-known-id <id>', 'without the mark of this known divergence (repeatable): it is a finding')
    .argParser((id: string, before: string[] | null) => [...(before ?? []), ...(id === '' ? [] : [id])])
    .default(null, 'every mark counts');

/** What is told of the marks that do not count: nothing where all do. */
export const marksLeftOut = ({ known, knownId }: Globals): Pick<Globals, 'known' | 'knownId'> => ({
  ...(known === false && { known }),
  ...(knownId?.length && { knownId }),
});

/** Globals as the runtime's room takes them. */
export function targetOptions(globals: Globals): TargetOptions {
  const { url, pathPrefix, image, version, resident, defect: defects } = globals;
  const key = url === undefined ? undefined : (globals.apiKey ?? (process.env.BOXLITE_API_KEY || undefined));
  if (key !== undefined) keepSecret(apiKey(key));
  const [boxlite, urlBoxlite, home] = [globals.boxlite, globals.urlBoxlite, globals.home].map(absolute);
  // Of a server elsewhere it is a directory there.
  const rootfs = url !== undefined && home === undefined ? globals.rootfs : absolute(globals.rootfs);
  const files = { boxlite, urlBoxlite, home, rootfs };
  return defined({ url, pathPrefix, image, version, resident, defects, apiKey: key, ...files });
}

const absolute = (path: string | undefined): string | undefined => path && resolve(path);

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
export const defined = <T extends object>(options: T): Defined<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<T>;
