import { z } from 'zod';

const side = z.int().min(1).max(500);

/** Rows and columns of a terminal. */
export const sizeFields = { rows: side, cols: side };

/** The second size of a terminal, which it gets once something was written on it. */
export const laterSize = z.strictObject(sizeFields).optional();

/** The terminal that a client runs on. */
export const terminalSchema = z.strictObject({ ...sizeFields, resized: laterSize });

/** A Terminal is that of a client: its size, and the one it gets later. */
export type Terminal = Readonly<z.infer<typeof terminalSchema>>;
