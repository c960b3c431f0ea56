import type { World } from '../../model/world.ts';

/**
 * How much there is to do in a world: boxes that run, executions that can be attached to, attaches that carry
 * bytes. Rare states take several lucky steps in a row; drawing leans towards worlds with more of this.
 */
export function potential(world: World): number {
  const boxes = Object.values(world.boxes).filter((box) => up.has(box.status)).length;
  const running = Object.values(world.execs).filter((exec) => exec.status === 'running');
  const attached = running.filter((exec) => isOpen(world, exec.attachedBy)).length;
  return boxes + running.length + 2 * attached;
}

/** One whose command ends at once counts too: else hardly any program would see the end of a detached run. */
const up: ReadonlySet<string> = new Set(['running', 'ending']);

const isOpen = (world: World, attach: string | null): boolean =>
  attach !== null && world.attaches[attach]?.state === 'open';
