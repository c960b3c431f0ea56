import { posix } from 'node:path';
import type { Backend } from '../../backend/backend.ts';
import { Fault, invalidArgument, isFault, messageOf } from '../../core/fault.ts';
import type { TreeEntry } from '../../vm/port.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { placeInBox } from '../copy/place.ts';
import { readHost } from '../copy/read-host.ts';
import { type Side, sideOf } from '../copy/side.ts';
import { writeHost } from '../copy/write-host.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

type BoxSide = Extract<Side, { is: 'box' }>;

/** `boxlite cp`: files between host and box, with the meaning of `docker cp` (contract 2.8). */
export const verb: Verb = async (parsed) => {
  const [source, target, surplus] = [...parsed.positionals, ...(parsed.rest ?? [])];
  if (source === undefined || target === undefined || surplus !== undefined)
    throw new UsageError('the following required arguments were not provided:\n  <SRC> <DST>');
  const [from, to] = [sideOf(source), sideOf(target)];
  if (from.is === 'box' && to.is === 'box') throw invalidArgument('copy between boxes is not supported');
  if (from.is === 'host' && to.is === 'host')
    throw invalidArgument('at least one of SRC or DST must reference a box');
  return closing(await openBackend(contextOf(parsed)), async (backend) => {
    if (to.is === 'box') await intoBox(backend, from.path, to);
    else if (from.is === 'box') await outOfBox(backend, from, to.path);
    return 0;
  });
};

async function intoBox(backend: Backend, source: string, to: BoxSide): Promise<void> {
  await checkBox(backend, to);
  const entries = readHost(source);
  const found = await probe(backend, to);
  const { dir, placed } = placeInBox(entries, source, to.path, found);
  await backend.write(to.box, dir, placed);
}

async function outOfBox(backend: Backend, from: BoxSide, target: string): Promise<void> {
  await checkBox(backend, from);
  if (target === '') throw invalidArgument('path cannot be empty');
  const contents = from.path.endsWith('/.');
  const tree = await backend.read(from.box, contents ? from.path.slice(0, -1) : from.path);
  writeHost(tree, target, contents);
}

async function checkBox(backend: Backend, side: BoxSide): Promise<void> {
  await backend.box(side.box).catch((error: unknown) => {
    throw isFault(error, 'not-found') ? new Fault('not-found', `box '${side.box}' not found`) : error;
  });
  if (side.path === '') throw invalidArgument('path cannot be empty');
  if (side.path.split('/').includes('..')) throw invalidArgument(`path '${side.path}' must not contain '..'`);
}

/** What is at a path of the box now; refusals speak of the copy that is meant, not of the look. */
async function probe(backend: Backend, side: BoxSide): Promise<TreeEntry['kind'] | null> {
  if (posix.normalize(side.path) === '/') return 'directory';
  try {
    const [top] = await backend.read(side.box, side.path);
    return top?.kind ?? null;
  } catch (error) {
    if (isFault(error, 'not-found')) return null;
    if (!(error instanceof Fault)) throw error;
    throw new Fault(error.kind, messageOf(error).replace('Cannot copy out', 'Cannot copy into'));
  }
}
