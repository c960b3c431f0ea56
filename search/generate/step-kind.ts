import { situationOf, verbs } from '../../commands/index.ts';
import type { Work } from '../../domain/work.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Effect } from '../../model/refers.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { predict, type Rules } from '../worlds/rules.ts';

/** The same look is worth another step when something else is to be seen. */
const lookingWorks: ReadonlySet<Work['do']> = new Set<Work['do']>(['read', 'runs', 'mounts']);
const looking: ReadonlySet<Effect> = new Set<Effect>(['looks', 'lists', 'settles']);

const isLook = (step: Step): boolean =>
  looking.has(verbs[step.op].effect) || ('work' in step && lookingWorks.has(step.work.do));

/**
 * What kind of step it is in this world: the verb, in which situation, the usual answer, the argument that tells
 * most; of a step that looks, all that it will see. Spellings, names and surfaces make no other kind.
 */
export function kindOf(world: World, step: Step, usual: Outcome | undefined): string {
  const detail = isLook(step) ? JSON.stringify(usual?.expect) : (verbs[step.op].detail?.(step) ?? '');
  return [step.op, usual?.label, situationOf(world, step), detail].join(' ');
}

/** The kinds of all steps that a program has had, and the world that usually comes after them. */
export interface Had {
  readonly kinds: ReadonlySet<string>;
  readonly world: World;
}

/** Before the first step. */
export const hadNone: Had = { kinds: new Set(), world: emptyWorld };

/** The same with one step more. */
export function withKind(rules: Rules, { kinds, world }: Had, step: Step): Had {
  const usual = predict(rules, world, step)?.outcomes[0];
  return { kinds: new Set(kinds).add(kindOf(world, step, usual)), world: usual?.next ?? world };
}
