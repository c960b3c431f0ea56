import { setTimeout as pause } from 'node:timers/promises';

/** Being late for a defect. Tests make it short with `BOXLITE_REF_LATE_FACTOR`. */
export const late = (ms: number): Promise<void> =>
  pause(ms * Number(process.env.BOXLITE_REF_LATE_FACTOR ?? 1));
