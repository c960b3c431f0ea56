import { join } from 'node:path';

/** Where things live below a home. */
export const boxesDir = (home: string): string => join(home, 'boxes');
export const boxDir = (home: string, id: string): string => join(home, 'boxes', id);
export const recordFile = (home: string, id: string): string => join(home, 'boxes', id, 'box.json');
/** Written by the hypervisor when PID 1 has ended: n or 128+k. */
export const exitFile = (home: string, id: string): string => join(home, 'boxes', id, 'exit');
export const anonymousDir = (home: string): string => join(home, 'volumes', 'anonymous');
export const lockFile = (home: string): string => join(home, '.lock');
