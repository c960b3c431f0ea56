import { situationOf, verbs } from '../../commands/index.ts';
import type { Work } from '../../domain/work.ts';
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
export function kindOf(rules: Rules, world: World, step: Step): string {
  const usual = predict(rules, world, step)?.outcomes[0];
  const detail = isLook(step) ? JSON.stringify(usual?.expect) : (verbs[step.op].detail?.(step) ?? '');
  return [step.op, usual?.label, situationOf(world, step), detail].join(' ');
}

/** The kinds of all steps of a program, each in the world that usually comes before it. */
export function kindsOf(rules: Rules, steps: readonly Step[]): Set<string> {
  const kinds = new Set<string>();
  let world = emptyWorld;
  for (const step of steps) {
    kinds.add(kindOf(rules, world, step));
    world = predict(rules, world, step)?.outcomes[0].next ?? world;
  }
  return kinds;
}
