import type { Content } from '../disk/vnode.ts';
import { Errno } from '../errno.ts';
import { type OpenFile, openFile } from './open-file.ts';

const largestRead = 262_144;

/** What an open call asked for. */
export interface Access {
  read: boolean;
  write: boolean;
  append: boolean;
}

/** An open regular file: contents with a position. */
export function regularFile(content: Content, access: Access): OpenFile {
  let at = 0;
  return openFile({
    read: async (_, max) => {
      if (!access.read) throw new Errno('EBADF');
      const data = content.read(at, Math.min(max, largestRead, Math.max(0, content.size() - at)));
      at += data.length;
      return data;
    },
    write: async (_, data) => {
      if (!access.write) throw new Errno('EBADF');
      if (access.append) at = content.size();
      content.write(at, data);
      at += data.length;
    },
    seek: (to) => {
      at = to;
    },
    truncate: (size) => content.truncate(size),
    close: () => content.close(),
  });
}

/** A directory can be opened, but reading it as a file is refused. */
export const openDirectory = (): OpenFile => openFile({ read: () => Promise.reject(new Errno('EISDIR')) });
