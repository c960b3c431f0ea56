import { type Data, expanded } from '../domain/fill.ts';
import type { Mount } from '../domain/mount.ts';
import { isCli, isSdk, type Sdk } from '../domain/surface.ts';
import type { Creating } from '../model/situation.ts';
import { boxFields, boxFlags } from './box-option-calls.ts';
import {
  type Call,
  type CliCall,
  cli,
  type Json,
  type RestCall,
  rest,
  type SdkCall,
  sdk,
  type Text,
  type Word,
} from './calls.ts';
import { commandFields, commandWords, processFields, processFlags } from './option-calls.ts';

/** Words behind `run`, `run -d` or `create`: flags, image, command. */
export function createWords(step: Creating): Word[] {
  const { name, mounts = [], main } = step;
  const [before, behind] = commandWords(step, main);
  return [
    ...(name === undefined ? [] : ['--name', { $: 'name', name } as const]),
    ...mounts.flatMap((mount) => ['-v', mountText(mount)]),
    ...processFlags(step, main),
    ...boxFlags(step),
    ...before,
    { $: 'image' },
    ...behind,
  ];
}

/** Body of POST boxes beside the image (contract 4.4). */
const createBody = (step: Creating): { [key: string]: Json } => {
  const { name, mounts, main } = step;
  return {
    ...(name === undefined ? {} : { name: { $: 'name', name } as const }),
    ...commandFields(step, main),
    ...processFields(step, main),
    ...boxFields(step),
    ...(mounts?.length ? { volumes: mounts.map(volumeJson) } : {}),
  };
};

/** A CLI call that makes the box and tells its id. */
const createByCli = (step: Creating, via: 'cli' | 'url', verb: readonly string[]): CliCall =>
  cli(via, [...verb, ...createWords(step)], 'id', { as: step.as, terminal: step.terminal });

/** POST boxes. */
export const createByRest = (step: Creating, extra: { [key: string]: Json } = {}): RestCall =>
  rest('POST', '/boxes', 'created', { image: true, json: { ...createBody(step), ...extra }, as: step.as });

/** The create of an SDK; of options it is asked for variables and a lifetime. */
const createBySdk = (step: Creating, via: Sdk): SdkCall =>
  sdk(via, 'create', { ...createBody(step), ...(step.detach && { detach: true }) }, 'made', {
    image: true,
    as: step.as,
  });

/** Makes the box and tells its id: by the words of a CLI verb, or as a client of the server asks for it. */
export function made(step: Creating, words: readonly string[]): Call {
  const { via } = step;
  if (isCli(via)) return createByCli(step, via, words);
  return isSdk(via) ? createBySdk(step, via) : createByRest(step);
}

/** Finds what was made without telling its id: a foreground run, or one that failed and left its record. */
export const discovered = ({ as, via }: Creating): Call => ({ call: 'discover', as, via });

/** What starts the box that the step has just made. */
export const startNew = (via: Sdk | 'rest'): Call =>
  isSdk(via)
    ? sdk(via, 'start', { box: { $: 'told' } }, 'done')
    : rest('POST', ['/boxes/', { $: 'told' }, '/start'], 'acted');

/** All that is fed to a command which then reads end-of-file; bytes that JSON text cannot carry go in as frames. */
export const fed = (stdin: Data | undefined): Call => ({
  call: 'frames',
  frames: [...(stdin ? [{ binary: expanded(stdin) }] : []), { text: '{"type":"stdin_eof"}' }],
});

/** A mount as the text of `-v` (contract 6.1). */
function mountText(mount: Mount): Text {
  const tail = 'mode' in mount && mount.mode ? `:${mount.mode}` : '';
  switch (mount.kind) {
    case 'dir':
      return [{ $: 'dir', host: mount.host }, `:${mount.at}${tail}`];
    case 'file':
      return [{ $: 'dir', host: mount.host }, `/marker:${mount.at}${tail}`];
    case 'missing':
      return [{ $: 'missing' }, `:${mount.at}`];
    case 'managed':
      return `${mount.name}:${mount.at}${tail}`;
    case 'anonymous':
      return `${mount.at}${tail}`;
    case 'malformed':
      return malformed[mount.how];
  }
}

const h1 = { $: 'dir', host: 'h1' } as const;
const malformed: Record<'empty' | 'relative' | 'option', Text> = {
  empty: '',
  relative: [h1, ':data'],
  option: [h1, ':/data:rx'],
};

/** A volume as REST clients wrote it when servers still took them (contract 6.2). */
const volumeJson = (mount: Mount): Json => ({
  host_path: hostPath(mount),
  guest_path: 'at' in mount ? mount.at : '/mnt/a',
  read_only: 'mode' in mount && mount.mode === 'ro',
});

function hostPath(mount: Mount): Json {
  if (mount.kind === 'missing') return { $: 'missing' };
  if (mount.kind === 'managed') return mount.name;
  if (mount.kind === 'anonymous') return '';
  return 'host' in mount ? { $: 'dir', host: mount.host } : h1;
}
