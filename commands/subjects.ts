import type { Surface } from '../domain/surface.ts';
import { findBox } from '../model/lookup.ts';
import type { World } from '../model/world.ts';
import { boxRefs, execRefs, liveAttaches } from './pick.ts';
import type { About, DrawContext } from './verb.ts';

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
  const vias = surfaces.filter((via) => context.surfaces.has(via));
  switch (about) {
    case 'box':
      // Without a choice of surfaces it is a route of REST.
      if (surfaces.length === 0)
        return context.surfaces.has('rest') ? boxRefs(world, 'rest').map((on) => ({ on })) : [];
      return vias.flatMap((via) => boxRefs(world, via).map((on) => ({ via, on })));
    case 'boxes':
      return vias.flatMap((via) => targets(world, via).map((on) => ({ via, on })));
    case 'exec':
      return context.surfaces.has('rest') ? execRefs(world).map((exec) => ({ exec })) : [];
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
  if (via === 'rest') return single;
  const some = refs.slice(0, 3);
  const pairs = some.flatMap((a) => some.map((b) => [a, b]));
  return [...single, ...pairs.filter((pair) => pair.some((ref) => findBox(world, ref, via)))];
}
