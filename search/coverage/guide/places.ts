import type { World } from '../../../model/world.ts';
import type { PossibleWorlds } from '../../worlds/possible-worlds.ts';
import { partsOf, shapeOf } from './part.ts';
import type { Place, StateGraph } from './state-graph.ts';

/** A part of a world, and the place it is. */
export interface Standing {
  readonly number: number;
  readonly place: Place;
  readonly part: World;
  /** Null where there is no box. */
  readonly box: string | null;
}

/** Everywhere a program is at the same time: with no box, and with each side of each of its boxes. */
export function placesIn(graph: StateGraph, worlds: PossibleWorlds): Standing[] {
  const nothing: World = { boxes: {}, execs: {}, attaches: {}, hosts: worlds[0].hosts };
  const parts = Object.keys(worlds[0].boxes).flatMap((box) =>
    (['main', 'exec'] as const).flatMap((side) => {
      const parts = partsOf(worlds, box, side);
      return parts === null ? [] : [parts];
    }),
  );
  return [[nothing] as const, ...parts].flatMap((worlds) => {
    const [part] = worlds;
    const number = graph.byShape.get(shapeOf(part));
    const place = number === undefined ? undefined : graph.places[number];
    const [box = null] = Object.keys(part.boxes);
    return number === undefined || place === undefined ? [] : [{ number, place, part, box }];
  });
}

/** A step of a place with the handles of the part that a program is in. */
export function renamed<S>(step: S, from: World, to: World): S {
  const pairs = (['boxes', 'execs', 'attaches'] as const).flatMap((kind) => {
    const mine = Object.keys(to[kind]);
    return Object.keys(from[kind]).map((handle, i) => [handle, mine[i] ?? handle] as const);
  });
  const names = new Map<string, string>(pairs);
  const [was] = Object.values(from.boxes);
  const [is] = Object.values(to.boxes);
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    return typeof value === 'string' ? (names.get(value) ?? value) : value;
  };
  const entries = Object.entries(step as object).map(([key, value]): [string, unknown] => {
    if (key === 'name' && was?.name === value) return [key, is?.name ?? value];
    return [key, ['on', 'exec', 'attach'].includes(key) ? rename(value) : value];
  });
  return Object.fromEntries(entries) as S;
}
