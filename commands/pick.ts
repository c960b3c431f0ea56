import { type By, isCli, isClientSdk, type Surface } from '../domain/surface.ts';
import { type Attach, type Box, boxesOf, type Exec, findBox, homeOf, type World } from '../model/world.ts';
import { ghostExecs, ghosts, nameless } from './values.ts';
import type { About, DrawContext } from './verb.ts';

/** Boxes of any kind a step may name on a surface: living ones, removed ones, another home's, nobody's. */
function boxRefs(world: World, via: Surface): string[] {
  const all = Object.values(world.boxes);
  const gone = all.filter((box) => box.status === 'removed').slice(-1);
  const elsewhere = all.filter((box) => box.status !== 'removed' && box.home !== homeOf(via)).slice(-1);
  const made = [...boxesOf(world, homeOf(via)), ...gone, ...elsewhere].map((box) => box.handle);
  return [...made, ...ghosts, ...(via === 'cli' ? [nameless] : [])];
}

/** Executions a step may name, forgotten and bogus ones included. */
const execRefs = (world: World): string[] => [...recent(Object.values(world.execs)), ...ghostExecs];

const recent = (execs: Exec[]): string[] => execs.slice(-4).map((exec) => exec.handle);

/** Surfaces of a verb that this run may use. */
export const surfaces = <S extends Surface>(context: DrawContext, ...of: S[]): S[] =>
  of.filter((surface) => context.surfaces.has(surface));

/** How many boxes exist now, in all homes. */
export const livingBoxes = (world: World): Box[] =>
  (['local', 'server', 'sdk'] as const).flatMap((home) => boxesOf(world, home));

/** Ways to spell a box: its name only where it has one; for several boxes any way, the same for all. */
export function spellings(on: string | readonly string[], world: World): (By | undefined)[] {
  if (typeof on !== 'string') return [undefined, 'name', 'prefix'];
  if (on.startsWith('?')) return [undefined];
  return world.boxes[on]?.name == null ? [undefined, 'prefix'] : [undefined, 'name', 'prefix'];
}

/** Attaches whose socket can still be used or read. */
const liveAttaches = (world: World): string[] =>
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

/** What a step may be about, in its own fields: only those that its verb has are there. */
export interface Subject {
  readonly via: Surface;
  readonly on: string;
  readonly exec: string;
  readonly attach: string;
}

/** Everything in a world that a step may be about, over each surface that may be used. */
export function subjectsOf(
  about: About,
  surfaces: readonly Surface[],
  world: World,
  context: DrawContext,
): Partial<Record<keyof Subject, unknown>>[] {
  // What a client of the server can do is drawn for REST first.
  const plain = surfaces.filter((via) => !isClientSdk(via));
  const vias = plain.filter((via) => context.surfaces.has(via));
  switch (about) {
    case 'box':
      // Without a choice of surfaces it is a route of REST.
      if (plain.length === 0)
        return context.surfaces.has('rest') ? boxRefs(world, 'rest').map((on) => ({ on })) : [];
      return vias.flatMap((via) => boxRefs(world, via).map((on) => ({ via, on })));
    case 'boxes':
      return vias.flatMap((via) => targets(world, via).map((on) => ({ via, on })));
    case 'exec':
      return execRefs(world).flatMap((exec) => {
        if (world.execs[exec]?.held?.via === 'local-sdk')
          return vias.includes('local-sdk') ? [{ exec, via: 'local-sdk' }] : [];
        return context.surfaces.has('rest') ? [{ exec }] : [];
      });
    case 'attach':
      return liveAttaches(world).map((attach) => ({ attach }));
    case 'nothing':
      return vias.map((via) => ({ via }));
  }
}

/** Each box alone, and on the CLI pairs with a box in them, the same one twice included. */
function targets(world: World, via: Surface): string[][] {
  const refs = boxRefs(world, via);
  const single = refs.map((ref) => [ref]);
  if (!isCli(via)) return single;
  const some = refs.slice(0, 3);
  const pairs = some.flatMap((a) => some.map((b) => [a, b]));
  return [...single, ...pairs.filter((pair) => pair.some((ref) => findBox(world, ref, via)))];
}
