import type { MountSpec } from '../../vm/port.ts';
import { defect } from '../switch.ts';

/** Whether a create body with volumes goes through, against contract 4.4. */
export const acceptsVolumes = (): boolean =>
  defect('rest-volumes-ignored') || defect('rest-host-path-mounted');

/** Mounts made of REST volumes, whatever the client called the fields. */
export function restMounts(volumes: unknown[]): MountSpec[] {
  if (volumes.length === 0 || !defect('rest-host-path-mounted')) return [];
  return volumes.flatMap((volume, index) => {
    const [source, at] = pathsOf(volume);
    return source && at ? [{ tag: `vol${index}`, source, at, mode: 'rw' as const }] : [];
  });
}

const pathsOf = (volume: unknown): string[] =>
  typeof volume === 'string'
    ? volume.split(':')
    : Object.values(volume as object).filter((field) => typeof field === 'string' && field.startsWith('/'));
