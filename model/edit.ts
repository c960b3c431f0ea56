import { markerOf } from '../domain/mount.ts';
import type { Attach, Box, Exec, World } from './world.ts';

type Table = 'boxes' | 'execs' | 'attaches';
type Thing<T extends Table> = World[T][string];

const nouns = { boxes: 'box', execs: 'execution', attaches: 'attach' } as const;

/** The world with something in it, under its handle. */
export const withNew = <T extends Table>(world: World, table: T, thing: Thing<T>): World => ({
  ...world,
  [table]: { ...world[table], [thing.handle]: thing },
});

function changed<T extends Table>(world: World, table: T, handle: string, patch: Partial<Thing<T>>): World {
  const thing = world[table][handle] as Thing<T> | undefined;
  if (!thing) throw new Error(`model: no ${nouns[table]} ${handle}`);
  return withNew(world, table, { ...thing, ...patch });
}

/** The world with one box changed; it must exist. */
export const withBox = (world: World, handle: string, patch: Partial<Box>): World =>
  changed(world, 'boxes', handle, patch);

/** The world with one execution changed; it must exist. */
export const withExec = (world: World, handle: string, patch: Partial<Exec>): World =>
  changed(world, 'execs', handle, patch);

/** The world with one attach changed; it must exist. */
export const withAttach = (world: World, handle: string, patch: Partial<Attach>): World =>
  changed(world, 'attaches', handle, patch);

/** What an attach is to: an execution, or a box with its main session. */
export const attachedTo = (world: World, to: Attach['to']): Exec | Box | undefined =>
  'exec' in to ? world.execs[to.exec] : world.boxes[to.box];

/** The world with the slot changed that an attach is for: who holds it, and whether it may stay taken for a while. */
export const withSlot = (
  world: World,
  to: Attach['to'],
  slot: Partial<Pick<Exec & Box, 'attachedBy' | 'draining'>>,
): World => ('exec' in to ? withExec(world, to.exec, slot) : withBox(world, to.box, slot));

/** The world with a host directory in use, which has its marker from then on. */
export const withHost = (world: World, host: string): World =>
  world.hosts[host] ? world : withHostFile(world, host, 'marker', markerOf(host));

/** The world with a file of a host directory set. */
export const withHostFile = (world: World, host: string, file: string, data: string): World => ({
  ...world,
  hosts: { ...world.hosts, [host]: { ...world.hosts[host], [file]: data } },
});

/** Executions of a box that are not forgotten. */
export const execsOf = (world: World, box: string): Exec[] =>
  Object.values(world.execs).filter((exec) => exec.box === box && exec.status !== 'gone');
