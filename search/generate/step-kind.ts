import { situationOf } from '../../commands/index.ts';
import type { Work } from '../../domain/work.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Op, Step } from '../../program/step.ts';
import { predict, type Rules } from '../worlds/rules.ts';

/** Steps that look: the same look is worth another step when something else is to be seen. */
const looks: ReadonlySet<Op> = new Set<Op>(['read', 'wait', 'inspect', 'list', 'settle', 'host-read']);
const lookingWorks: ReadonlySet<Work['do']> = new Set<Work['do']>(['read', 'runs', 'mounts']);

const isLook = (step: Step): boolean =>
  looks.has(step.op) || ('work' in step && lookingWorks.has(step.work.do));

/**
 * What kind of step it is in this world: the verb, in which situation, the usual answer, the argument that tells
 * most; of a step that looks, all that it will see. Spellings, names and surfaces make no other kind.
 */
export function kindOf(rules: Rules, world: World, step: Step): string {
  const usual = predict(rules, world, step)?.outcomes[0];
  const detail = isLook(step) ? JSON.stringify(usual?.expect) : detailOf(step);
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

function detailOf(step: Step): string {
  switch (step.op) {
    case 'exec':
      return workOf(step.work) + (step.badWorkdir ? '!' : '');
    case 'spawn':
      return step.work.do;
    case 'control':
      return step.frame;
    case 'signal':
      return String(step.signal);
    case 'copy-in':
    case 'copy-out':
      return step.path;
    default:
      return '';
  }
}

/** A file is another one at each path, a code in each range (contract 1.1). */
function workOf(work: Work): string {
  if (work.do === 'write') return `write ${work.path}`;
  if (work.do !== 'print') return work.do;
  return `print ${work.code === 0 ? 'zero' : work.code < 128 ? 'small' : 'large'}`;
}
