import { argvOf, mainArgv } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';

/** Command lines of workloads, as tests of the reference need them. */
export const print = (out = '', err = '', code = 0): string[] => argvOf({ do: 'print', out, err, code });
export const exit = (code: number): string[] => print('', '', code);
export const die = (signal: 2 | 9 | 15): string[] => argvOf({ do: 'die', signal });
export const flood = (bytes: number, code = 0): string[] => argvOf({ do: 'flood', bytes, code });
export const read = (path: string): string[] => argvOf({ do: 'read', path });
export const write = (path: string, data = ''): string[] => argvOf({ do: 'write', path, data });
export const cat: string[] = argvOf({ do: 'cat' });
export const blob: string[] = argvOf({ do: 'blob' });
export const runs: string[] = argvOf({ do: 'runs' });
export const mounts: string[] = argvOf({ do: 'mounts' });

/** Stays; with a code it ends with that on TERM. */
export const hold = (out = '', onTerm?: number): string[] =>
  argvOf({ do: 'hold', out, ...(onTerm === undefined ? {} : { onTerm }) });
export const gate = (out: string, after: string, code = 0): string[] =>
  argvOf({ do: 'gate', gate: 'g1', out, after, code });
export const open: string[] = argvOf({ do: 'open', gate: 'g1' });

/** As the main command of a box, which counts its runs. */
export const asMain = (work: Work): string[] => mainArgv(work);

/** A main command that stays. */
export const holdMain: string[] = mainArgv({ do: 'hold', out: '' });

/** What `flood` writes. */
export const flooded = (bytes: number): string =>
  '0123456789abcde\n'.repeat(Math.ceil(bytes / 16)).slice(0, bytes);
