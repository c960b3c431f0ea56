import { startOrStop } from '../power.ts';

/** start, POST start. */
export const start = startOrStop('start');
