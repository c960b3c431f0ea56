import type { By, Surface } from '../domain/surface.ts';
import { boxesOf, homeOf } from '../model/lookup.ts';
import type { Attach, Box, Exec, World } from '../model/world.ts';
import { ghostExecs, ghosts, nameless } from './values.ts';
import type { DrawContext } from './verb.ts';

/** Boxes of any kind a step may name on a surface: living ones, removed ones, another home's, nobody's. */
export function boxRefs(world: World, via: Surface): string[] {
  const all = Object.values(world.boxes);
  const gone = all.filter((box) => box.status === 'removed').slice(-1);
  const elsewhere = all.filter((box) => box.status !== 'removed' && box.home !== homeOf(via)).slice(-1);
  const made = [...boxesOf(world, homeOf(via)), ...gone, ...elsewhere].map((box) => box.handle);
  return [...made, ...ghosts, ...(via === 'cli' ? [nameless] : [])];
}

/** Executions a step may name, forgotten and bogus ones included. */
export const execRefs = (world: World): string[] => [...recent(Object.values(world.execs)), ...ghostExecs];

const recent = (execs: Exec[]): string[] => execs.slice(-4).map((exec) => exec.handle);

/** Surfaces of a verb that this run may use. */
export const surfaces = <S extends Surface>(context: DrawContext, ...of: S[]): S[] =>
  of.filter((surface) => context.surfaces.has(surface));

/** How many boxes exist now, in both homes. */
export const livingBoxes = (world: World): Box[] => [...boxesOf(world, 'local'), ...boxesOf(world, 'server')];

/** Ways to spell a box: its name only where it has one; for several boxes any way, the same for all. */
export function spellings(on: string | readonly string[], world: World): (By | undefined)[] {
  if (typeof on !== 'string') return [undefined, 'name', 'prefix'];
  if (on.startsWith('?')) return [undefined];
  return world.boxes[on]?.name == null ? [undefined, 'prefix'] : [undefined, 'name', 'prefix'];
}

/** Attaches whose socket can still be used or read. */
export const liveAttaches = (world: World): string[] =>
  Object.values(world.attaches)
    .filter((attach) => attach.state !== 'closed')
    .map((attach) => attach.handle);

/** Boxes that run. */
export const running = (world: World): Box[] =>
  Object.values(world.boxes).filter(({ status }) => status === 'running');

/** Open attaches to executions. */
export const openStreams = (world: World): { attach: Attach; exec: Exec }[] =>
  Object.values(world.attaches).flatMap((attach) => {
    const exec = attach.state === 'open' && 'exec' in attach.to ? world.execs[attach.to.exec] : undefined;
    return exec ? [{ attach, exec }] : [];
  });
