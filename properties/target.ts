import type { Globals } from '../bin/options/globals.ts';
import { chosenTarget } from '../bin/options/target.ts';
import { type Engine, openEngine, steady } from '../bin/session/engine.ts';

/** Variables of the environment that say the same as the options of the command line. */
const variables = {
  target: 'BOXCHECK_TARGET',
  url: 'BOXCHECK_URL',
  home: 'BOXCHECK_HOME',
  image: 'BOXCHECK_IMAGE',
  rootfs: 'BOXCHECK_ROOTFS',
  boxlite: 'BOXCHECK_BOXLITE',
  version: 'BOXCHECK_VERSION',
} as const satisfies Partial<Record<keyof Globals, string>>;

/** The target that the environment names; without `BOXCHECK_TARGET` the reference runtime. */
export function targetFromEnvironment(): Globals {
  const { BOXCHECK_DEFECTS: defects } = process.env;
  const given = Object.entries(variables).flatMap(([name, variable]) =>
    process.env[variable] ? [[name, process.env[variable]]] : [],
  );
  const globals: Globals = { target: 'reference', ...Object.fromEntries(given) };
  if (defects) globals.defect = defects.split(',');
  // A process a call is what smoke has; here the same calls are served several times quicker.
  if (globals.target === 'reference') globals.resident = true;
  chosenTarget(globals);
  return globals;
}

/** The same as options of the command line. */
export const targetFlags = (): string =>
  Object.entries(targetFromEnvironment())
    .map(([name, value]) => (value === true ? `--${name}` : `--${name} ${[value].flat().join(',')}`))
    .join(' ');

/** An open target whose runner brings a broken machine back. */
export async function open(globals: Globals): Promise<Engine> {
  const log = (line: string): void => console.log(line);
  const engine = await openEngine(globals, log);
  return { ...engine, run: steady(engine, log) };
}

/** Which runtime a result is about. */
export const titleOf = ({ target, profile }: Engine): string =>
  `target ${target.identity.target}, BoxLite ${target.identity.version}, contract ${profile.id}`;
