import type { Mount } from '../domain/mount.ts';
import type { Surface } from '../domain/surface.ts';
import type { Profile } from './profile.ts';
import type { Reason } from './reasons.ts';

/** A step that may ask for volumes. */
interface WithMounts {
  readonly via: Surface;
  readonly mounts?: readonly Mount[] | undefined;
}

/** Box paths of all volumes a step names, whatever becomes of them. */
export const mountsAsked = (step: WithMounts): string[] =>
  (step.mounts ?? []).flatMap((mount) => ('at' in mount ? [mount.at] : []));

/** The volumes that will be there: only the local CLI has any (contract 6.2). */
export const mountsInForce = (step: WithMounts, profile: Profile): readonly Mount[] =>
  mountRefusals(step, profile).length > 0 || step.via !== 'cli' ? [] : (step.mounts ?? []);

/**
 * Gives every reason for which the volumes of a step may be refused, of several mistakes any; none where they are
 * not, or are dropped silently (contract 6.2).
 */
export const mountRefusals = (step: WithMounts, profile: Profile): readonly Reason[] => [
  ...new Set((step.mounts ?? []).flatMap((mount) => refusalsOf(mount, step.via, profile))),
];

/** What an older server does with the volumes it drops is known for host paths alone (contract 10, june-2026). */
export const dropUnknown = (step: WithMounts, profile: Profile): boolean =>
  step.via === 'rest' &&
  profile.restVolumes === 'dropped' &&
  (step.mounts ?? []).some(({ kind }) => kind !== 'dir' && kind !== 'file' && kind !== 'missing');

function refusalsOf(mount: Mount, via: Surface, profile: Profile): readonly Reason[] {
  if (via === 'rest') return profile.restVolumes === 'refused' ? ['mount-by-server'] : [];
  if (mount.kind === 'malformed') {
    // But for the empty one these name a host path, which the client of a server refuses as well.
    return via === 'url' && mount.how !== 'empty'
      ? ['mount-malformed', 'mount-by-client']
      : ['mount-malformed'];
  }
  if (via === 'url') return mount.kind === 'managed' ? ['mount-by-server'] : ['mount-by-client'];
  if (mount.kind === 'managed') return ['mount-managed'];
  return mount.kind === 'missing' ? ['mount-source-missing'] : [];
}
