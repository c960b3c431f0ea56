import { z } from 'zod';

/** Permissions of a file in octal, which its owner may read. */
export const fileMode = z.enum(['600', '640', '644', '755']);

/** A FileMode is what a file permits to whom. */
export interface FileMode {
  /** In octal. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
}

const bits = ['---', '--x', '-w-', '-wx', 'r--', 'r-x', 'rw-', 'rwx'];

/** Gives the permissions of a file as `ls -l` shows them. */
export const listedMode = (mode: string | number): string =>
  `-${[...(typeof mode === 'number' ? (mode & 0o777).toString(8).padStart(3, '0') : mode)].map((digit) => bits[Number(digit)]).join('')}`;

/** Owner and group that an archive names, which are no business of the box that it is unpacked in. */
export const archived = { uid: 1234, gid: 56 } as const;
