import { boxesOf, realmOf } from '../model/lookup.ts';
import type { By, Surface } from '../program/step.ts';
import type { Hands } from './step-context.ts';

/** Shortest prefix tried: shorter ones are likely to be another box's. */
const SHORTEST_PREFIX = 4;

/** What a handle nobody made is called on the command line. */
const unmade = (handle: string): string => `nobody-${handle}`;

/** The name a box really gets: programs of one run must not meet on a shared runtime. */
export const realName = (hands: Hands, name: string): string => (hands.tag ? `${hands.tag}-${name}` : name);

/** The text that addresses a box on a surface (contract 0): id, name, or a unique prefix of the id. */
export function spell(hands: Hands, ref: string, by: By | undefined, via: Surface): string {
  if (ref.startsWith('?')) return ref.slice(1);
  const box = hands.world.boxes[ref];
  const id = hands.boxIds.get(ref);
  const name = box?.name == null || isAnothers(hands, ref, via) ? undefined : realName(hands, box.name);
  const text = spelling(hands, id, name, by);
  // A box of the other home must not be found here, so no text of ours may be found by accident either.
  return text ?? (box && box.realm !== realmOf(via) ? `elsewhere-${ref}` : unmade(ref));
}

/** Whether the name of a box now means another one: it was refused or freed, or belongs to the other home. */
const isAnothers = (hands: Hands, ref: string, via: Surface): boolean =>
  boxesOf(hands.world, realmOf(via)).some(
    (box) => box.handle !== ref && box.name === hands.world.boxes[ref]?.name,
  );

function spelling(
  hands: Hands,
  id: string | undefined,
  name: string | undefined,
  by: By | undefined,
): string | undefined {
  if (by === 'name') return name ?? id;
  if (by === 'prefix' && id) return uniquePrefix(hands, id);
  return id ?? name;
}

function uniquePrefix(hands: Hands, id: string): string {
  const others = [...hands.boxIds.values(), ...hands.foreign].filter((other) => other !== id);
  const names = Object.values(hands.world.boxes).flatMap((box) =>
    box.name === null ? [] : [realName(hands, box.name)],
  );
  for (let length = SHORTEST_PREFIX; length < id.length; length++) {
    const prefix = id.slice(0, length);
    if (!others.some((other) => other.startsWith(prefix)) && !names.includes(prefix)) return prefix;
  }
  return id;
}

/** One segment of a URL for a box. */
export const boxPath = (hands: Hands, ref: string, by?: By): string =>
  `/v1/boxes/${encodeURIComponent(spell(hands, ref, by, 'rest'))}`;

/** The route of an execution; one that was never made has an id that cannot be. */
export function execPath(hands: Hands, ref: string, by?: By): string {
  const box = hands.world.execs[ref]?.box;
  const id = ref.startsWith('?') ? ref.slice(1) : (hands.execIds.get(ref) ?? unmade(ref));
  return `${boxPath(hands, box ?? anyBox(hands), by)}/executions/${encodeURIComponent(id)}`;
}

/** A bogus execution is asked for at a real box where there is one: the id must be the only mistake. */
const anyBox = (hands: Hands): string =>
  Object.values(hands.world.boxes).find((box) => box.realm === 'server' && box.status !== 'removed')
    ?.handle ?? '?nobody';
