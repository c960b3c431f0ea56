import type { Creating } from '../model/made.ts';
import type { Call, CliCall, Json, RestCall, Word } from './calls.ts';
import { mountText, volumeJson } from './mount-text.ts';
import { envOf } from './work.ts';

/** Words behind `run`, `run -d` or `create`: flags, image, command. */
export function createWords({ name, mounts = [], main }: Creating): Word[] {
  return [
    ...(name === undefined ? [] : ['--name', { $: 'name', name } as const]),
    ...mounts.flatMap((mount) => ['-v', mountText(mount)]),
    ...Object.entries(main ? envOf(main) : {}).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
    { $: 'image' },
    ...(main ? [{ $: 'argv', work: main, main: true } as const] : []),
  ];
}

/** Body of POST boxes beside the image (contract 4.4). */
const createBody = ({ name, mounts, main }: Creating): { [key: string]: Json } => ({
  ...(name === undefined ? {} : { name: { $: 'name', name } as const }),
  ...(main ? { cmd: { $: 'argv', work: main, main: true } as const, env: envOf(main) } : {}),
  ...(mounts?.length ? { volumes: mounts.map(volumeJson) } : {}),
});

/** A CLI call that makes the box and tells its id. */
export const createByCli = (step: Creating, via: 'cli' | 'url', verb: readonly string[]): CliCall => ({
  call: 'cli',
  via,
  words: [...verb, ...createWords(step)],
  expecting: 'id',
  as: step.as,
});

/** POST boxes. */
export const createByRest = (step: Creating, extra: { [key: string]: Json } = {}): RestCall => ({
  call: 'rest',
  method: 'POST',
  path: '/boxes',
  image: true,
  json: { ...createBody(step), ...extra },
  expecting: 'created',
  as: step.as,
});

/** Finds what was made without telling its id: a foreground run, or one that failed and left its record. */
export const discovered = ({ as, via }: Creating): Call => ({ call: 'discover', as, via });

/** What starts the box that the step has just made. */
export const startNew: RestCall = {
  call: 'rest',
  method: 'POST',
  path: ['/boxes/', { $: 'told' }, '/start'],
  expecting: 'acted',
};

/** All that is fed to a command which then reads end-of-file; bytes that JSON text cannot carry go in as frames. */
export const fed = (stdin: string | undefined): Call => ({
  call: 'frames',
  frames: [...(stdin ? [{ binary: stdin }] : []), { text: '{"type":"stdin_eof"}' }],
});
