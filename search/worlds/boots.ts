import { verbs } from '../../commands/index.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';

/** VMs that a step boots, told from the worlds around it. A boot that fails is one too. */
export function bootsBetween(before: World, after: World, step: Step): number {
  let boots = 0;
  for (const box of Object.values(after.boxes)) {
    const was = before.boxes[box.handle];
    const primed = was?.status === 'primed';
    if (box.runs > (was?.runs ?? 0)) boots += box.runs - (was?.runs ?? 0) - (primed ? 1 : 0);
    else if (box.status === 'primed' && !primed) boots++;
    else if (box.status === 'failed' && verbs[step.op].effect === 'boots' && was !== box && !primed) boots++;
  }
  return boots;
}
