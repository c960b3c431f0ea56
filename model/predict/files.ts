import type { Bytes } from '../../domain/bytes.ts';
import { deadlines } from '../../domain/deadlines.ts';
import { listedMode } from '../../domain/file-mode.ts';
import { type Data, expanded } from '../../domain/fill.ts';
import { type By, isCli, isSdk, type Surface } from '../../domain/surface.ts';
import { filesOfTree, TREE, type Tree } from '../../domain/tree.ts';
import type { BytesExpect } from '../expect.ts';
import { withHost, withHostFile } from '../hosts.ts';
import { idsOf } from '../options.ts';
import { allow, done, type Prediction, refused, union } from '../outcome.ts';
import { copyRefused, hasBelow, hasParent, isDirectory, readFile, writeFile } from '../paths.ts';
import type { Reason } from '../reasons.ts';
import { type Box, findBox, type World, withBox } from '../world.ts';
import { type Admitted, admit, endedMeanwhile } from './exec.ts';

/**
 * A copy of one file: into a box where it brings `data`, as a part of a `tree` or alone, else out of it. `mode`: the
 * permissions that it brings, or that they are looked at where it arrives.
 */
export interface Copying {
  readonly via: Surface;
  readonly on: string;
  readonly by?: By | undefined;
  readonly path: string;
  readonly data?: Data | undefined;
  readonly tree?: Tree | undefined;
  readonly mode?: string | true | undefined;
}

const pathRefusal = (box: Box | null, path: string): Reason | null => {
  if (path === '') return 'copy-empty';
  if (path.split('/').includes('..')) return 'copy-dotdot';
  return copyRefused(box, path) ? 'copy-on-mount' : null;
};

/** An unknown box, and maybe a bad path too: either mistake may be told. */
function unknownBox(world: World, path: string): Prediction {
  const unknown = refused('unknown-box', world);
  const bad = pathRefusal(null, path);
  return bad ? allow(deadlines.commandMs, unknown, refused(bad, world)) : allow(deadlines.commandMs, unknown);
}

/** The CLI puts a box that cp had to boot back as it was; over REST it stays up (contract 2.1, 4.3). */
function asFound(before: Box, booted: World, via: Copying['via']): World {
  if (!isCli(via)) return booted;
  const box = booted.boxes[before.handle] as Box;
  const { status, code, runs, runsOnDisk, out, err } = before;
  return withBox(booted, box.handle, {
    status,
    code: status === 'stopped' ? 'any' : code,
    runs,
    runsOnDisk,
    out,
    err,
  });
}

/** What is typed for the box, as far as it may have a colon: an id has none. */
const typedOf = ({ on, by }: Copying, box: Box | null): string =>
  box ? (by === 'name' && box.name) || '' : on;

/** cp of one file or a directory, or PUT and GET of a tar (contract 2.8, 4.2). */
export function predictCopy(world: World, step: Copying): Prediction | null {
  // `:PATH` may be read as a side without a box.
  if (step.on === '?') return null;
  if ((step.tree || step.mode) && isSdk(step.via)) return null;
  if (step.tree && step.mode) return null;
  const box = findBox(world, step.on, step.via);
  if (isCli(step.via) && typedOf(step, box).includes(':')) return null;
  if (!box) return unknownBox(world, step.path);
  if (box.directories.includes(step.path)) return null;
  if (box.status === 'ending' && step.data !== undefined) return null;
  return union(admit(world, box).map((place) => copyWith(world, step, box, place)));
}

function copyWith(world: World, step: Copying, box: Box, place: Admitted | Reason): Prediction | null {
  const bad = pathRefusal(box, step.path);
  const early = [bad, typeof place === 'string' ? place : null].filter((reason) => reason !== null);
  const [first, ...rest] = early.map((reason) => refused(reason, world));
  if (first) return bad && box.status === 'ending' ? null : allow(deadlines.bootMs, first, ...rest);
  // What a directory holds beside what programs have put there nobody knows.
  if (step.data === undefined && isDirectory(box, step.path)) return null;
  // Whether a missing directory is made on the way is not said.
  if (step.data !== undefined && targetOf(world, box, step) === null) return null;
  return carriedOut(world, step, box, place as Admitted);
}

/** Where what is copied comes to lie; null where that is not said. */
function targetOf(world: World, box: Box, { via, path, tree }: Copying): string | null {
  if (tree === undefined) return hasParent(world, box, path) && !isDirectory(box, path) ? path : null;
  if (path in box.disk || box.directories.some((each) => path.startsWith(each))) return null;
  if (!isDirectory(box, path)) return isCli(via) && hasParent(world, box, path) ? path : null;
  return tree === 'directory' ? `${path}/${TREE}` : path;
}

/** The world with the file: where nothing was it has the permissions that it came with, and the owner of the box's processes. */
function withFile(
  world: World,
  box: Box,
  { at, data, mode }: { at: string; data: Bytes; mode: Copying['mode'] },
): World {
  const next = writeFile(world, box, at, data) ?? world;
  const { [at]: _, ...others } = box.modes;
  const owner = idsOf(box.options);
  const isKnown = typeof mode === 'string' && owner && !(at in box.disk);
  return withBox(next, box.handle, { modes: isKnown ? { ...others, [at]: { mode, ...owner } } : others });
}

/** The world with the file, or each file of the tree, on the disk. */
function copied(world: World, handle: string, step: Copying, data: Bytes): World {
  const at = targetOf(world, world.boxes[handle] as Box, step);
  if (at === null) return world;
  if (step.tree === undefined)
    return withFile(world, world.boxes[handle] as Box, { at, data, mode: step.mode });
  const files = Object.entries(filesOfTree(data)).map(([file, bytes]) => [`${at}/${file}`, bytes]);
  return withBox(world, handle, { disk: { ...world.boxes[handle]?.disk, ...Object.fromEntries(files) } });
}

function carriedOut(world: World, step: Copying, before: Box, place: Admitted): Prediction {
  const back = (next: World): World => asFound(before, next, step.via);
  if (step.data !== undefined) {
    const next = copied(place.world, place.box.handle, step, expanded(step.data));
    return allow(deadlines.bootMs, done('copied', back(next)));
  }
  const data = readFile(place.world, place.box, step.path);
  const late = before.status === 'ending' ? [endedMeanwhile(world)] : [];
  if (data === null)
    return allow(deadlines.bootMs, refused('copy-source-missing', back(place.world)), ...late);
  const expect = { is: 'bytes', data: step.mode ? modeOf(place.box, step) : { exactly: data } } as const;
  return allow(deadlines.bootMs, done('copied', back(place.world), expect), ...late);
}

/** A file out of a box has its permissions; where it is a file of the host's it belongs to who has copied it. */
function modeOf(box: Box, { via, path }: Copying): BytesExpect {
  const known = box.modes[path];
  return known ? { exactly: `${listedMode(known.mode)}${isCli(via) ? ' own' : ''}\n` } : { anything: true };
}

/** A file of a host directory. */
interface HostFile {
  readonly host: string;
  readonly file: string;
}

/** A program outside the box writes into a mounted directory; a directory in the way is its own mistake. */
export function predictHostWrite(world: World, step: HostFile & { readonly data: Data }): Prediction | null {
  const { host, file, data } = step;
  const others = world.hosts[host] ?? {};
  if (hasBelow(others, file) || Object.keys(others).some((other) => file.startsWith(`${other}/`)))
    return null;
  return allow(
    deadlines.readMs,
    done('written', withHostFile(withHost(world, host), host, file, expanded(data))),
  );
}

/** What the host sees: markers untouched, guest writes at once (contract 6.3). */
export function predictHostRead(world: World, step: HostFile): Prediction {
  const next = withHost(world, step.host);
  const data = next.hosts[step.host]?.[step.file];
  const expect = { is: 'bytes', data: data === undefined ? null : { exactly: data } } as const;
  return allow(deadlines.readMs, done('read', next, expect));
}
