import { z } from 'zod';
import { mountPoint as at, volumeName } from './text.ts';

/** A symbolic host directory; the target makes it at first use, with a file `marker` in it. */
export const hostDir = z.string().regex(/^h[1-9]$/);
const mode = z.enum(['ro', 'rw']).optional();

/** A volume asked for with `-v`, or in a REST create body. */
export const mountSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dir'), host: hostDir, at, mode }),
  /** One file of a host directory: its marker. */
  z.strictObject({ kind: z.literal('file'), host: hostDir, at, mode }),
  /** A host path that does not exist. */
  z.strictObject({ kind: z.literal('missing'), at }),
  /** A managed volume's name instead of a path. */
  z.strictObject({ kind: z.literal('managed'), name: volumeName, at, mode }),
  /** No source at all. */
  z.strictObject({ kind: z.literal('anonymous'), at, mode }),
  /** A spec outside the grammar: empty, a relative box path, an unknown option word. */
  z.strictObject({ kind: z.literal('malformed'), how: z.enum(['empty', 'relative', 'option']) }),
]);

/** A Mount is one volume of a box. */
export type Mount = z.infer<typeof mountSchema>;

/** Gives what a host directory's marker file holds: the directory's own handle, so that a mixed-up mount is seen. */
export const markerOf = (handle: string): string => `marker of ${handle}\n`;
