import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BoxRecord } from '../../core/box.ts';
import type { MountSpec } from '../../vm/port.ts';
import { anyDefect, defect } from '../switch.ts';

/** Mounts a box is booted with; `all` are the records of its home. */
export function spoiledMounts(box: BoxRecord, all: Iterable<BoxRecord>): MountSpec[] {
  let { mounts } = box.spec;
  if (!anyDefect()) return mounts;
  if (mounts.length > 0 && box.runs > 0 && defect('mounts-lost-after-restart')) return [];
  const everyone = [...all].flatMap(({ spec }) => spec.mounts);
  if (everyone.length > mounts.length && defect('mounts-of-other-boxes')) mounts = everyone;
  if (mounts.length > 1 && defect('nested-mount-lost'))
    mounts = mounts.filter((one) => !mounts.some((other) => isBelow(one, other)));
  if (defect('marker-changed')) for (const mount of mounts) scribble(mount.source);
  return mounts.map((mount) => ({ ...mount, at: placeOf(mount), mode: modeOf(mount, mounts) }));
}

const isBelow = (one: MountSpec, other: MountSpec): boolean => one.at.startsWith(`${other.at}/`);

const placeOf = (mount: MountSpec): string => (defect('mount-at-wrong-path') ? `/mnt${mount.at}` : mount.at);

function modeOf(mount: MountSpec, mounts: MountSpec[]): 'ro' | 'rw' {
  if (mount.mode === 'ro' && defect('ro-not-enforced')) return 'rw';
  if (mount.mode === 'rw' && defect('rw-not-writable')) return 'ro';
  const first = mounts[0]?.mode ?? mount.mode;
  return first !== mount.mode && defect('first-mode-for-all') ? first : mount.mode;
}

/** Only a file called `marker` is touched: nothing else of the user's is ever at risk. */
function scribble(source: string): void {
  const file = statSync(source).isDirectory() ? join(source, 'marker') : source;
  if (file.endsWith('/marker')) writeFileSync(file, 'changed by the runtime\n');
}
