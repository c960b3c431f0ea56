import { Errno } from '../errno.ts';
import type { Files, Mount, Volume } from './files.ts';

/** Blanks and backslashes in a path would break the columns; the kernel writes them as octal escapes. */
const column = (path: string): string =>
  path.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);

const lineOf = ({ at, volume, mode }: Mount): string =>
  `${column(volume.tag)} ${column(at)} ${volume.type} ${mode},relatime 0 0\n`;

/** Makes /proc: the mounts and the boot id, computed when they are read. */
export function procVolume(files: () => Files, bootId: string): Volume {
  const texts: Record<string, () => string> = {
    mounts: () => [...files().mounts.values()].map(lineOf).join(''),
    'sys/kernel/random/boot_id': () => `${bootId}\n`,
  };
  return {
    tag: 'proc',
    type: 'proc',
    look: (path) => (texts[path.join('/')] ? { kind: 'file', mode: 0o444 } : null),
    read: (path) => {
      const text = texts[path.join('/')];
      if (!text) throw new Errno('ENOENT');
      return Buffer.from(text());
    },
    write: () => {
      throw new Errno('EACCES');
    },
  };
}
