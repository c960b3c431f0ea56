import { resolve } from 'node:path';
import type { CreateRequest } from '../backend/backend.ts';
import type { ImageSource } from '../core/box.ts';
import { Fault } from '../core/fault.ts';
import { parseVolume } from '../core/volumes.ts';
import type { Context } from './context.ts';
import { environmentOf } from './environment.ts';
import { flagValue, flagValues, type Parsed, wordsOf } from './parse.ts';

/** What differs between `run`, `run -d` and `create`. */
type Making = Pick<CreateRequest, 'detached' | 'removeAtEnd'>;

/**
 * The box a command line asks for (contract 2.2, 2.3).
 * @throws Fault for a missing image, a bad `-v`, or one the server cannot be told.
 */
export function requestOf(parsed: Parsed, { server }: Context, making: Making): CreateRequest {
  const { source, cmd } = sourceAndCommand(parsed);
  const volumes = flagValues(parsed, 'volume');
  const kinds = volumes.map((volume) => parseVolume(volume).kind);
  // What REST has no field for is refused before any request (contract 1.2).
  if (server && kinds.some((kind) => kind !== 'managed'))
    throw new Fault(
      'unsupported',
      'unsupported: host bind mounts are only supported by the local runtime; mount a managed volume by id or name instead',
    );
  return {
    ...making,
    name: flagValue(parsed, 'name') || null,
    source,
    cmd,
    env: environmentOf(flagValues(parsed, 'env')),
    workdir: flagValue(parsed, 'workdir') ?? '/',
    volumes,
  };
}

function sourceAndCommand(parsed: Parsed): { source: ImageSource; cmd: string[] } {
  const words = wordsOf(parsed);
  const rootfs = flagValue(parsed, 'rootfs');
  if (rootfs !== undefined && parsed.verb === 'create' && words.length > 0)
    throw new Fault('invalid-argument', 'provide either IMAGE or --rootfs PATH, not both');
  const image = rootfs === undefined ? words.shift() : undefined;
  const cmd = words[0] === '--' ? words.slice(1) : words;
  if (rootfs !== undefined) return { source: { rootfs: resolve(rootfs) }, cmd };
  if (!image) throw new Fault('invalid-argument', 'provide IMAGE or --rootfs PATH');
  return { source: { image }, cmd };
}
