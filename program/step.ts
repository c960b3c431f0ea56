import { z } from 'zod';
import { type Op, type Step, table } from '../commands/index.ts';

export { bySchema, type Surface, surfaceSchema } from '../domain/surface.ts';
export type { Op, Step };

const [first, ...others] = Object.values(table).map(({ schema }) => schema);
if (!first) throw new Error('the language has no verb');

/** Every operation a program may hold. Handles are symbolic: real ids never enter a program. */
export const stepSchema = z.discriminatedUnion('op', [first, ...others]);

/** The step of one operation. */
export type StepOf<O extends Op> = Extract<Step, { op: O }>;
