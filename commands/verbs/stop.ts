import { startOrStop } from '../power.ts';

/** stop, POST stop. */
export const stop = startOrStop('stop');
