import type { Surface } from '../domain/surface.ts';
import type { Box, Exec, Home, World } from './world.ts';

/** The home a surface works on: the local CLI has its own, --url and REST share the server's. */
export const homeOf = (via: Surface): Home => (via === 'cli' ? 'local' : 'server');

/**
 * The box a step means, or null where nothing is found: literal text (`?…`), a box that is gone or never came
 * to be, a box of the other home.
 */
export function findBox(world: World, ref: string, via: Surface): Box | null {
  const box = world.boxes[ref];
  return box && box.status !== 'removed' && box.home === homeOf(via) ? box : null;
}

/** The execution a step means; null where every route of it is 404: those of a removed box are gone too (contract 5.4). */
export function findExec(world: World, ref: string): Exec | null {
  const exec = world.execs[ref];
  return exec && exec.status !== 'gone' ? exec : null;
}

/** Where boxcheck itself removes a box: REST and --url take turns, so that both ways of removal are used. */
export function removalSurface(handle: string, home: Home): Surface {
  if (home === 'local') return 'cli';
  return Number(handle.slice('box'.length)) % 2 === 1 ? 'rest' : 'url';
}

/** Boxes of a home that exist, oldest first. */
export const boxesOf = (world: World, home: Home): Box[] =>
  Object.values(world.boxes).filter((box) => box.home === home && box.status !== 'removed');

const tables = { box: 'boxes', exec: 'execs', att: 'attaches' } as const;

/** The next free handle of a kind: one past the highest the world has ever seen. */
export function nextHandle(world: World, kind: keyof typeof tables): string {
  const used = Object.keys(world[tables[kind]]).map((handle) => Number(handle.slice(kind.length)));
  return `${kind}${Math.max(0, ...used) + 1}`;
}
