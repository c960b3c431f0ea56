import type { By, Surface } from '../domain/surface.ts';
import { boxesOf, homeOf } from '../model/lookup.ts';
import type { StepContext } from './step-context.ts';

/** Shortest prefix tried: shorter ones are likely to be another box's. */
const SHORTEST_PREFIX = 4;

/** What a handle nobody made is called on the command line. */
const unmade = (handle: string): string => `nobody-${handle}`;

/** The name a box really gets: programs of one run must not meet on a shared runtime. */
export const realName = (stepContext: StepContext, name: string): string =>
  stepContext.tag ? `${stepContext.tag}-${name}` : name;

/** The text that addresses a box on a surface (contract 0): id, name, or a unique prefix of the id. */
export function spell(stepContext: StepContext, ref: string, by: By | undefined, via: Surface): string {
  if (ref.startsWith('?')) return ref.slice(1);
  const box = stepContext.world.boxes[ref];
  const id = stepContext.boxIds.get(ref);
  const name =
    box?.name == null || isAnothers(stepContext, ref, via) ? undefined : realName(stepContext, box.name);
  const text = spelling(stepContext, id, name, by);
  // A box of the other home must not be found here, so no text of ours may be found by accident either.
  return text ?? (box && box.home !== homeOf(via) ? `elsewhere-${ref}` : unmade(ref));
}

/** Whether the name of a box now means another one: it was refused or freed, or belongs to the other home. */
const isAnothers = (stepContext: StepContext, ref: string, via: Surface): boolean =>
  boxesOf(stepContext.world, homeOf(via)).some(
    (box) => box.handle !== ref && box.name === stepContext.world.boxes[ref]?.name,
  );

function spelling(
  stepContext: StepContext,
  id: string | undefined,
  name: string | undefined,
  by: By | undefined,
): string | undefined {
  if (by === 'name') return name ?? id;
  if (by === 'prefix' && id) return uniquePrefix(stepContext, id);
  return id ?? name;
}

function uniquePrefix(stepContext: StepContext, id: string): string {
  const others = [...stepContext.boxIds.values(), ...stepContext.preexisting].filter((other) => other !== id);
  const names = Object.values(stepContext.world.boxes).flatMap((box) =>
    box.name === null ? [] : [realName(stepContext, box.name)],
  );
  for (let length = SHORTEST_PREFIX; length < id.length; length++) {
    const prefix = id.slice(0, length);
    if (!others.some((other) => other.startsWith(prefix)) && !names.includes(prefix)) return prefix;
  }
  return id;
}

/** One segment of a URL for a box. */
export const boxPath = (stepContext: StepContext, ref: string, by?: By): string =>
  `/v1/boxes/${encodeURIComponent(spell(stepContext, ref, by, 'rest'))}`;

/** The route of an execution; one that was never made has an id that cannot be. */
export function execPath(stepContext: StepContext, ref: string, by?: By): string {
  const box = stepContext.world.execs[ref]?.box;
  const id = ref.startsWith('?') ? ref.slice(1) : (stepContext.execIds.get(ref) ?? unmade(ref));
  return `${boxPath(stepContext, box ?? anyBox(stepContext), by)}/executions/${encodeURIComponent(id)}`;
}

/** A bogus execution is asked for at a real box where there is one: the id must be the only mistake. */
const anyBox = (stepContext: StepContext): string =>
  Object.values(stepContext.world.boxes).find((box) => box.home === 'server' && box.status !== 'removed')
    ?.handle ?? '?nobody';
