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
  mountRefusal(step, profile) || step.via !== 'cli' ? [] : (step.mounts ?? []);

/** Why the volumes of a step are refused; null where they are not, or are dropped silently (contract 6.2). */
export function mountRefusal(step: WithMounts, profile: Profile): Reason | null {
  for (const mount of step.mounts ?? []) {
    const reason = refusalOf(mount, step.via, profile);
    if (reason) return reason;
  }
  return null;
}

/** What an older server does with the volumes it drops is known for host paths alone (contract 10, june-2026). */
export const dropUnknown = (step: WithMounts, profile: Profile): boolean =>
  step.via === 'rest' &&
  profile.restVolumes === 'dropped' &&
  (step.mounts ?? []).some(({ kind }) => kind !== 'dir' && kind !== 'file' && kind !== 'missing');

function refusalOf(mount: Mount, via: Surface, profile: Profile): Reason | null {
  if (via === 'rest') return profile.restVolumes === 'refused' ? 'mount-by-server' : null;
  if (mount.kind === 'malformed') return 'mount-malformed';
  if (via === 'url') return mount.kind === 'managed' ? 'mount-by-server' : 'mount-by-client';
  if (mount.kind === 'managed') return 'mount-managed';
  return mount.kind === 'missing' ? 'mount-source-missing' : null;
}
