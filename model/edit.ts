import type { Attach, Box, Exec, World } from './world.ts';

/** The world with one box changed; the box must exist. */
export function withBox(world: World, handle: string, patch: Partial<Box>): World {
  const box = world.boxes[handle];
  if (!box) throw new Error(`model: no box ${handle}`);
  return { ...world, boxes: { ...world.boxes, [handle]: { ...box, ...patch } } };
}

/** The world with one execution changed; it must exist. */
export function withExec(world: World, handle: string, patch: Partial<Exec>): World {
  const exec = world.execs[handle];
  if (!exec) throw new Error(`model: no execution ${handle}`);
  return { ...world, execs: { ...world.execs, [handle]: { ...exec, ...patch } } };
}

/** The world with one attach changed; it must exist. */
export function withAttach(world: World, handle: string, patch: Partial<Attach>): World {
  const attach = world.attaches[handle];
  if (!attach) throw new Error(`model: no attach ${handle}`);
  return { ...world, attaches: { ...world.attaches, [handle]: { ...attach, ...patch } } };
}

/** The world with a file of a host directory set. */
export function withHostFile(world: World, host: string, file: string, data: string): World {
  return { ...world, hosts: { ...world.hosts, [host]: { ...world.hosts[host], [file]: data } } };
}

/** Executions of a box that are not forgotten. */
export const execsOf = (world: World, box: string): Exec[] =>
  Object.values(world.execs).filter((exec) => exec.box === box && exec.status !== 'gone');
