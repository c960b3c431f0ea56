import { z } from 'zod';

/** `cli`: local CLI on its own home. `url`: CLI with --url. `rest`: HTTP and WebSocket. */
export const surfaceSchema = z.enum(['cli', 'url', 'rest']);
export type Surface = z.infer<typeof surfaceSchema>;

/** How a box is spelled. */
export const bySchema = z.enum(['id', 'name', 'prefix']);
export type By = z.infer<typeof bySchema>;
