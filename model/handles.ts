import type { World } from './world.ts';

const tables = { box: 'boxes', exec: 'execs', att: 'attaches' } as const;

/** The next free handle of a kind: one past the highest the world has ever seen. */
export function nextHandle(world: World, kind: keyof typeof tables): string {
  const used = Object.keys(world[tables[kind]]).map((handle) => Number(handle.slice(kind.length)));
  return `${kind}${Math.max(0, ...used) + 1}`;
}
