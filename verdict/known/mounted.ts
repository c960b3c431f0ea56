import { verbs } from '../../commands/index.ts';
import type { Mount } from '../../domain/mount.ts';
import type { Box, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { subjectBox } from './subject.ts';

/** Volumes that a step asks for. */
export const mountsOf = (step: Step): readonly Mount[] => ('mounts' in step ? (step.mounts ?? []) : []);

/** Whether in the box that a step makes, or is about, a directory of the host is within another one. */
export const isNested = (step: Step, world: World): boolean =>
  hasNested(verbs[step.op].makes === 'box' ? mountsOf(step) : (subjectBox(world, step)?.mounts ?? []));

function hasNested(mounts: readonly Mount[]): boolean {
  const places = mounts.flatMap((mount) => (mount.kind === 'dir' ? [mount.at] : []));
  return places.some((outer) => places.some((inner) => inner.startsWith(`${outer}/`)));
}

/** Whether a directory of the host is mounted both to be written and not. */
export function hasMixedModes({ mounts }: Box): boolean {
  const dirs = mounts.filter((mount) => mount.kind === 'dir');
  const modes = (host: string) =>
    new Set(dirs.filter((dir) => dir.host === host).map(({ mode }) => mode ?? 'rw'));
  return dirs.some(({ host }) => modes(host).size > 1);
}
