import { randomFillSync } from 'node:crypto';
import { noBytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { type OpenFile, openFile, retain } from '../io/open-file.ts';
import type { GuestProcess } from '../process/process.ts';

export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'tty' | 'stdin' | 'stdout' | 'stderr';

const largest = 65_536;
const swallow = async (): Promise<void> => {};
const standard = { stdin: 0, stdout: 1, stderr: 2 } as const;

/** Opens a file of /dev for a process. */
export function openDevice(name: DeviceName, by: GuestProcess): OpenFile {
  switch (name) {
    case 'null':
      return openFile({ read: async () => noBytes, write: swallow });
    case 'zero':
      return openFile({ read: async (_, max) => Buffer.alloc(Math.min(max, largest)), write: swallow });
    case 'full':
      return openFile({
        read: async (_, max) => Buffer.alloc(Math.min(max, largest)),
        write: async () => fail('ENOSPC'),
      });
    case 'random':
      return openFile({
        read: async (_, max) => randomFillSync(Buffer.alloc(Math.min(max, largest))),
        write: swallow,
      });
    case 'tty':
      return terminalOf(by);
    default:
      return retain(by.fd(standard[name]));
  }
}

function terminalOf(by: GuestProcess): OpenFile {
  for (const file of by.fds.values()) if (file.terminal) return retain(file);
  return fail('ENOENT');
}

function fail(code: 'ENOSPC' | 'ENOENT'): never {
  throw new Errno(code);
}
