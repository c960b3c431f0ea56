import { homeOf } from '../../model/lookup.ts';
import type { Home } from '../../model/world.ts';
import type { Program } from '../../program/program.ts';
import type { By, Surface } from '../../program/step.ts';
import type { Word } from './quote.ts';

/** What a script must know about the handles of a program before it can write any step. */
export interface Cast {
  boxes: ReadonlyMap<string, { home: Home; name: string | undefined }>;
  /** Box of each execution. */
  execs: ReadonlyMap<string, string>;
}

/** Who is who in a program. */
export function castOf(program: Program): Cast {
  const boxes = new Map<string, { home: Home; name: string | undefined }>();
  const execs = new Map<string, string>();
  for (const step of program.steps) {
    if (step.op === 'run' || step.op === 'create' || step.op === 'foreground') {
      boxes.set(step.as, { home: homeOf(step.via), name: step.name });
    } else if (step.op === 'spawn') {
      execs.set(step.as, step.on);
    }
  }
  return { boxes, execs };
}

/** A box as a step spells it: variable of its id or prefix, its name, or text that is nobody's. */
export function spell(cast: Cast, ref: string, by: By | undefined, via: Surface): Word {
  if (ref.startsWith('?')) return [ref.slice(1)];
  const box = cast.boxes.get(ref);
  if (!box) return [`nobody-${ref}`];
  if (by === 'name' && box.name !== undefined && !isAnothers(cast, ref, via)) return [box.name];
  return [{ $: by === 'prefix' ? `${ref}_prefix` : ref }];
}

/** Whether the name may mean another box here: then the id is used, as when the program ran. */
const isAnothers = (cast: Cast, ref: string, via: Surface): boolean =>
  [...cast.boxes].some(
    ([other, box]) => other !== ref && box.home === homeOf(via) && box.name === cast.boxes.get(ref)?.name,
  );

/** Path of a box below `/boxes`; ids and prefixes need no escaping. */
export const boxPath = (cast: Cast, ref: string, by?: By): Word => [
  '/',
  ...spell(cast, ref, by, 'rest').map((part) => (typeof part === 'string' ? encodeURIComponent(part) : part)),
];

/** Path of an execution below `/boxes`. One nobody made is asked for at a real box, where there is one. */
export function executionPath(cast: Cast, exec: string, by?: By): Word {
  const anyBox = [...cast.boxes].find(([, box]) => box.home === 'server')?.[0] ?? '?nobody';
  if (exec.startsWith('?'))
    return [...boxPath(cast, anyBox), `/executions/${encodeURIComponent(exec.slice(1))}`];
  return [...boxPath(cast, cast.execs.get(exec) ?? anyBox, by), '/executions/', { $: exec }];
}
