import type { Work } from '../domain/work.ts';
import { staysDown } from '../model/options.ts';
import type { Box, World } from '../model/world.ts';
import { optionWeight } from './options.ts';
import { isChanged, isPastHead } from './snapshots.ts';
import { files, filesIn, finiteWeight, TMP_FILE } from './values.ts';

/** The disk is a copy, or there are copies of it: which of them is meant may be mistaken. */
const isCopied = ({ copy, snapshots }: Box): boolean => copy !== null || snapshots.length > 0;

/** The disk holds it, or a copy of the disk does. */
const isKnownThere = ({ disk, snapshots }: Box, path: string): boolean =>
  path in disk || snapshots.some((one) => path in one.disk);

/** What was there and should be gone is worth a look, too. */
const ofCopied = (box: Box, path: string): number => {
  if (isKnownThere(box, path)) return 25;
  return path === files[0] ? 12 : 1;
};

const isMounted = (box: Box | undefined, path: string): boolean =>
  box?.mounts.flatMap(filesIn).includes(path) ?? false;

/** A command tells much of it: it stays down, or its disk was put back. */
export const isTelling = (box: Box): boolean =>
  staysDown(box) ||
  (box.status === 'stopped' &&
    box.head !== null &&
    !isPastHead(box) &&
    [box, ...box.snapshots].some(({ disk }) => Object.keys(disk).length > 0));

/** How much oftener a command is drawn: what may have gone wrong with this box in particular is looked for. */
export function weightOf(work: Work, box: Box | undefined, world: World): number {
  const before = (box?.runs ?? 0) > 1;
  if (box && staysDown(box)) return 40;
  switch (work.do) {
    case 'cat':
      return 9;
    case 'mounts':
      if ((box?.mounts.length ?? 0) > 1) return 9;
      return Object.values(world.boxes).some(({ mounts }) => mounts.length > 0) ? 4 : 1;
    case 'runs':
      return box?.kind === 'job' ? 9 : 1;
    case 'open':
      return box?.main?.do === 'gate' ? 5 : 1;
    case 'read':
      if (box && isCopied(box)) return ofCopied(box, work.path) * (isTelling(box) ? 4 : 1);
      if (isMounted(box, work.path)) return 6;
      return 1 + (box && work.path in box.disk ? 12 : 0) + (before && work.path === TMP_FILE ? 18 : 0);
    case 'write':
      if (box && isCopied(box)) return work.path === TMP_FILE || isChanged(box) || isTelling(box) ? 1 : 30;
      if (isMounted(box, work.path)) return 9;
      return before || !box || !files.includes(work.path) ? 1 : 9;
    default:
      return finiteWeight(work) * optionWeight(work, box?.options);
  }
}
