import { type Box, emptyWorld, type World } from '../../../model/world.ts';
import type { PossibleWorlds } from '../../worlds/possible-worlds.ts';
import { partsOf, shapeOf } from './part.ts';
import type { State, StateGraph } from './state-graph.ts';

/** A part of a world, and the state it is in. */
export interface Standing {
  readonly number: number;
  readonly state: State;
  readonly part: World;
  /** Null where there is no box. */
  readonly box: string | null;
}

/** Every state a program is in at the same time: with no box, and with each side of each of its boxes. */
export function standingsIn(graph: StateGraph, worlds: PossibleWorlds): Standing[] {
  const nothing: World = { ...emptyWorld, hosts: worlds[0].hosts };
  const parts = Object.keys(worlds[0].boxes).flatMap((box) =>
    (['main', 'exec'] as const).flatMap((side) => partsOf(worlds, box, side)?.[0] ?? []),
  );
  return [nothing, ...parts].flatMap((part) => {
    const number = graph.byShape.get(shapeOf(part));
    const state = number === undefined ? undefined : graph.states[number];
    const [box = null] = Object.keys(part.boxes);
    return number === undefined || state === undefined ? [] : [{ number, state, part, box }];
  });
}

const references: readonly string[] = ['on', 'exec', 'attach'];

/** A step of a state with the handles, and the name, of the part that a program is in. */
export function renamed<S>(step: S, from: World, to: World): S {
  const names = new Map<unknown, unknown>();
  for (const kind of ['boxes', 'execs', 'attaches'] as const) {
    const mine = Object.keys(to[kind]);
    for (const [i, handle] of Object.keys(from[kind]).entries()) names.set(handle, mine[i] ?? handle);
  }
  const [was] = Object.values(from.boxes);
  const [is] = Object.values(to.boxes);
  const rename = (value: unknown): unknown => names.get(value) ?? value;
  const entries = Object.entries(step as object).map(([key, value]): [string, unknown] => {
    if (key === 'name' && was?.name === value) return [key, is?.name ?? value];
    if (key === 'snapshot') return [key, snapshotLike(value, was, is)];
    if (!references.includes(key)) return [key, value];
    return [key, Array.isArray(value) ? value.map(rename) : rename(value)];
  });
  return Object.fromEntries(entries) as S;
}

/** The snapshot of a box that is the same kind of copy as one of another box; another text as it is. */
function snapshotLike(name: unknown, was: Box | undefined, is: Box | undefined): unknown {
  const meant = was?.snapshots.find((one) => one.name === name);
  return (meant && is?.snapshots.find(({ copy }) => copy === meant.copy)?.name) ?? name;
}
