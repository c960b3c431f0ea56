import { z } from 'zod';
import { stepSchema } from './step.ts';

/** Number of the file format; a change that older readers would misread raises it. */
export const FORMAT = 1;

/** A program as it is kept on disk. */
export const programSchema = z.strictObject({
  format: z.literal(FORMAT),
  /** The contract profile it was drawn for; it may be run under another. */
  contract: z.string(),
  /** The seed it was drawn with; absent for one written by hand. */
  seed: z.int().optional(),
  /** Free text: what it shows, where it comes from. */
  note: z.string().optional(),
  steps: z.array(stepSchema),
});

/** A program: plain data, the same on every target. */
export type Program = z.infer<typeof programSchema>;
