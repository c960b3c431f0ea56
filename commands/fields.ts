import { z } from 'zod';
import { stdinValues } from '../domain/attach-mode.ts';
import { boxHandle, boxRef } from '../domain/handle.ts';
import { mountSchema } from '../domain/mount.ts';
import { boxOptions } from '../domain/options.ts';
import { bySchema, sdkSchema, surfaceSchema } from '../domain/surface.ts';
import { terminalSchema } from '../domain/terminal.ts';
import { givenName } from '../domain/text.ts';
import { workSchema } from '../domain/work.ts';

/** One of the names in a table. */
export const keyOf = <K extends string>(table: Readonly<Record<K, unknown>>) =>
  z.enum(Object.keys(table) as K[]);

/** How the box is spelled; absent: by its id. */
export const by = bySchema.optional();

/** The SDK an execution is asked for through; absent: REST. */
export const throughSdk = sdkSchema.optional();

/** The SDK that attaches; the npm one does not. */
export const attachesBySdk = sdkSchema.extract(['sdk']).optional();

/** The process gets a terminal. */
export const tty = z.boolean().optional();

/** CLI only: the client runs on a terminal. */
export const terminal = terminalSchema.optional();

/** One box on a surface. */
export const oneBox = { via: surfaceSchema, on: boxRef };

/** One or several boxes on a surface. */
export const someBoxes = { via: surfaceSchema, on: z.array(boxRef).min(1), by };

/** A box that is made, as every verb that makes one asks for it. */
export const newBox = {
  via: surfaceSchema,
  as: boxHandle,
  name: givenName.optional(),
  main: workSchema.optional(),
  mounts: z.array(mountSchema).optional(),
  ...boxOptions,
};

/** How an attach asks for its stdin: `readonly` is `stdin=0`, `stdin` any other value of that parameter. */
export const attachMode = {
  readonly: z.boolean().optional(),
  stdin: keyOf(stdinValues).optional(),
};
