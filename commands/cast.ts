import type { By, Surface } from '../domain/surface.ts';
import type { Refers } from '../model/refers.ts';
import { type Home, homeOf } from '../model/world.ts';

/**
 * Who is who behind the handles of a program, told by the steps that made them: what has to be known, besides real
 * ids, to spell a step.
 */
export interface Cast {
  readonly boxes: Map<string, { readonly home: Home; readonly name: string | undefined }>;
  /** The box of each execution, and how it was spelled. */
  readonly execs: Map<string, string>;
}

/** The cast after some steps. */
export function castOf(steps: readonly Refers[]): Cast {
  const cast: Cast = { boxes: new Map(), execs: new Map() };
  for (const step of steps) enter(cast, step);
  return cast;
}

/** Adds what a step makes. */
export function enter({ boxes, execs }: Cast, { as = '', via, on, name }: Refers): void {
  if (as.startsWith('box')) boxes.set(as, { home: homeOf(via ?? 'rest'), name });
  else if (as.startsWith('exec') && typeof on === 'string') execs.set(as, on);
}

/** How a box can be spelled: literal text, its name, its id or a prefix of that; null for one that nobody made. */
export type Spelling = { readonly text: string } | { readonly name: string } | 'id' | 'prefix' | null;

/** How a step spells a box on a surface. A name that may mean another box there is not used. */
export function spellingOf(cast: Cast, on: string, by: By | undefined, via: Surface): Spelling {
  if (on.startsWith('?')) return { text: on.slice(1) };
  const box = cast.boxes.get(on);
  if (!box) return null;
  if (by !== 'name' || box.name === undefined) return by === 'prefix' ? 'prefix' : 'id';
  const isAnothers = [...cast.boxes].some(
    ([other, { home, name }]) => other !== on && home === homeOf(via) && name === box.name,
  );
  return isAnothers ? 'id' : { name: box.name };
}

/** The box at which an execution is asked for; for one that nobody made the newest of the server. */
export const besideExec = ({ boxes, execs }: Cast, exec: string): string =>
  execs.get(exec) ?? [...boxes].findLast(([, { home }]) => home === 'server')?.[0] ?? '?nobody';
