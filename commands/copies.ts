import { boxesOf, nextHandle, type World } from '../model/world.ts';
import type { Call } from './calls.ts';
import { livingBoxes, subjectsOf } from './pick.ts';
import { names } from './values.ts';
import type { DrawContext } from './verb.ts';

/** Names for a copy: none, a free one, one that is taken. */
export function copyNames(world: World): (string | undefined)[] {
  const taken = boxesOf(world, 'server').flatMap(({ name }) => (name === null ? [] : [name]));
  const free = names.filter((name) => !taken.includes(name));
  return [undefined, ...free.slice(0, 2), ...taken.slice(0, 1)];
}

/** Boxes of which a copy may be made, where there is room for one more. */
export const copySources = (world: World, context: DrawContext): string[] =>
  livingBoxes(world).length >= context.maxBoxes
    ? []
    : subjectsOf('box', [], world, context).map(({ on }) => String(on));

/** The handle, and maybe the name, of a copy that is made. */
export const copyMade = (world: World, name: string | undefined) => ({
  as: nextHandle(world, 'box'),
  ...(name === undefined ? {} : { name }),
});

/** Finds a copy that was made without telling its id. */
export const copyDiscovered = (as: string): Call => ({ call: 'discover', as, via: 'rest' });
