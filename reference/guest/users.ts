import { defect } from '../defects/switch.ts';
import { type Ids, SpawnError } from '../vm/port.ts';
import type { Files } from './disk/files.ts';

/** The lines of a table of the guest, as their fields. */
const rows = (files: Files, path: string): string[][] =>
  files.look('/', path)
    ? files
        .read('/', path)
        .toString()
        .trim()
        .split('\n')
        .map((line) => line.split(':'))
    : [];

/** The first row with a text in one of two columns. */
const rowOf = (table: string[][], text: string, ...columns: number[]): string[] | undefined =>
  table.find((row) => columns.some((column) => row[column] === text));

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/**
 * Looks up `NAME`, `UID`, and either with `:GROUP` or `:GID` behind it; nobody in particular is root.
 * @throws SpawnError for a name that the tables do not have.
 */
export function idsOf(files: Files, wanted = ''): Ids {
  const [user = '', group = ''] = (wanted || '0').split(':');
  const passwd = rowOf(rows(files, '/etc/passwd'), user, 0, 2);
  if (!passwd && !isNumber(user)) {
    if (defect('unknown-user-is-root')) return { uid: 0, gid: 0 };
    throw new SpawnError('no-such-user');
  }
  const uid = Number(passwd?.[2] ?? user);
  if (defect('group-ignored')) return { uid, gid: 0 };
  if (group === '') return { uid, gid: Number(passwd?.[3] ?? 0) };
  const row = rowOf(rows(files, '/etc/group'), group, 0, 2);
  if (!row && !isNumber(group)) throw new SpawnError('no-such-user');
  return { uid, gid: Number(row?.[2] ?? group) };
}
