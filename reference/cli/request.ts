import { resolve } from 'node:path';
import type { CreateRequest } from '../backend/backend.ts';
import type { ImageSource } from '../core/box.ts';
import { Fault, invalidArgument } from '../core/fault.ts';
import { parseVolume } from '../core/volumes.ts';
import type { Context } from './context.ts';
import { durationOf } from './duration.ts';
import { environmentOf } from './environment.ts';
import { flagValue, flagValues, type Parsed } from './parse.ts';
import { UsageError } from './usage.ts';

/** What differs between `run`, `run -d` and `create`. */
export interface Making {
  detached: boolean;
  removeAtEnd: boolean;
}

/**
 * The box a command line asks for (contract 2.2, 2.3).
 * @throws Fault for a missing image, a bad `-v` or `-p`, or a flag the server cannot be told.
 */
export function requestOf(parsed: Parsed, context: Context, making: Making): CreateRequest {
  const { source, command } = sourceAndCommand(parsed);
  const volumes = flagValues(parsed, 'volume');
  for (const port of flagValues(parsed, 'publish')) checkPort(port);
  for (const volume of volumes) parseVolume(volume);
  if (context.server) refuseLocalFlags(parsed);
  const entrypoint = flagValue(parsed, 'entrypoint');
  return {
    ...making,
    name: flagValue(parsed, 'name') || null,
    source,
    entrypoint: entrypoint === undefined ? [] : [entrypoint],
    cmd: command,
    env: environmentOf(flagValues(parsed, 'env')),
    workdir: flagValue(parsed, 'workdir') ?? '/',
    user: flagValue(parsed, 'user') ?? '',
    tty: parsed.on.has('tty'),
    cpus: numberOf(parsed, 'cpus', 1),
    memoryMib: numberOf(parsed, 'memory', 1024),
    volumes,
    autoStopS: durationOf(parsed, 'auto-stop'),
    autoDeleteS: durationOf(parsed, 'auto-delete'),
    autoResume: !parsed.on.has('no-auto-resume'),
  };
}

function sourceAndCommand(parsed: Parsed): { source: ImageSource; command: string[] } {
  const words = [...parsed.positionals, ...(parsed.rest ?? [])];
  const rootfs = flagValue(parsed, 'rootfs');
  if (rootfs !== undefined && parsed.verb === 'create' && words.length > 0)
    throw new Fault('invalid-argument', 'provide either IMAGE or --rootfs PATH, not both');
  const image = rootfs === undefined ? words.shift() : undefined;
  const command = words[0] === '--' ? words.slice(1) : words;
  if (rootfs !== undefined) return { source: { rootfs: resolve(rootfs) }, command };
  if (image === undefined || image === '')
    throw new Fault('invalid-argument', 'provide IMAGE or --rootfs PATH');
  return { source: { image }, command };
}

function numberOf(parsed: Parsed, name: string, otherwise: number): number {
  const text = flagValue(parsed, name);
  if (text === undefined) return otherwise;
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`invalid value '${text}' for '--${name} <N>': a positive whole number is needed`);
}

function checkPort(text: string): void {
  const fine = /^(?:\d{1,5}:)?\d{1,5}(?:\/(?:tcp|udp))?$/.test(text);
  const numbers = text.match(/\d+/g) ?? [];
  if (!fine || numbers.some((n) => Number(n) > 65_535)) throw invalidArgument(`invalid port spec '${text}'`);
}

/** What REST has no field for is refused before any request (contract 1.2). */
function refuseLocalFlags(parsed: Parsed): void {
  for (const text of flagValues(parsed, 'volume'))
    if (parseVolume(text).kind !== 'managed')
      throw new Fault(
        'unsupported',
        'unsupported: host bind mounts are only supported by the local runtime; mount a managed volume by id or name instead',
      );
  for (const name of ['publish', 'security'])
    if (parsed.values.has(name))
      throw new Fault('unsupported', `unsupported: --${name} is supported only by the local runtime`);
}
