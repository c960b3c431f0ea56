import { spellingOf } from '../../commands/cast.ts';
import type { By, Surface } from '../../domain/surface.ts';
import type { StepContext } from './step-context.ts';

/** Shortest prefix tried: shorter ones are likely to be another box's. */
const SHORTEST_PREFIX = 4;

/** What a handle nobody made is called on the command line. */
export const unmade = (handle: string): string => `nobody-${handle}`;

/** The name a box really gets: programs of one run must not meet on a shared runtime. */
export const realName = ({ tag }: Pick<StepContext, 'tag'>, name: string): string =>
  tag ? `${tag}-${name}` : name;

/** The text that addresses a box on a surface (contract 0): id, name, or a unique prefix of the id. */
export function spell(context: StepContext, on: string, by: By | undefined, via: Surface): string {
  const spelling = spellingOf(context.cast, on, by, via);
  const id = context.boxIds.get(on);
  if (spelling !== null && typeof spelling === 'object')
    return 'text' in spelling ? spelling.text : realName(context, spelling.name);
  if (id === undefined) return unmade(on);
  return spelling === 'prefix' ? uniquePrefix(context, id) : id;
}

function uniquePrefix(context: StepContext, id: string): string {
  const others = [...context.boxIds.values(), ...context.preexisting].filter((other) => other !== id);
  const names = [...context.cast.boxes.values()].flatMap(({ name }) =>
    name === undefined ? [] : [realName(context, name)],
  );
  for (let length = SHORTEST_PREFIX; length < id.length; length++) {
    const prefix = id.slice(0, length);
    if (!others.some((other) => other.startsWith(prefix)) && !names.includes(prefix)) return prefix;
  }
  return id;
}
