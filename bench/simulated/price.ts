import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { bootOps } from '../../search/settings.ts';

/** What the real runtime takes, seconds: one boot of a VM, and one command beside that. */
export const price = { bootS: 2, commandS: 0.4 } as const;

/** What a program costs at that price. */
export const seconds = ({ boots, commands }: { boots: number; commands: number }): number =>
  boots * price.bootS + commands * price.commandS;

/** VMs that a step boots, told from the worlds around it. A boot that fails is one too. */
export function bootsBetween(before: World, after: World, step: Step): number {
  let boots = 0;
  for (const box of Object.values(after.boxes)) {
    const was = before.boxes[box.handle];
    const primed = was?.status === 'primed';
    if (box.runs > (was?.runs ?? 0)) boots += box.runs - (was?.runs ?? 0) - (primed ? 1 : 0);
    else if (box.status === 'primed' && !primed) boots++;
    else if (box.status === 'failed' && bootOps.has(step.op) && was !== box && !primed) boots++;
  }
  return boots;
}
