import { z } from 'zod';
import { isCli } from '../domain/surface.ts';
import type { Refers } from '../model/refers.ts';
import { stepSchema } from './step.ts';

/** Number of the file format; a change that older readers would misread raises it. */
export const FORMAT = 1;

/** A program as it is kept on disk. What is made has one maker, and what is attached to an earlier one. */
export const programSchema = z
  .strictObject({
    format: z.literal(FORMAT),
    /** The contract profile it was drawn for; it may be run under another. */
    contract: z.string().regex(/^[0-9]+[.][0-9]+[.][0-9]+/u, 'a release such as "0.11.0"'),
    /** The seed it was drawn with; absent for one written by hand. */
    seed: z.int().optional(),
    /** Free text: what it shows, where it comes from. */
    note: z.string().optional(),
    steps: z.array(stepSchema),
  })
  .superRefine(({ steps }, context) => {
    const made = new Set<string>();
    for (const [at, { as, attach, exec, via, on }] of (steps as Refers[]).entries()) {
      const complain = (field: string, message: string): void =>
        context.addIssue({ code: 'custom', path: ['steps', at, field], message });
      if (as !== undefined && made.has(as)) complain('as', `an earlier step makes ${as} already`);
      if (attach !== undefined && !made.has(attach)) complain('attach', `no earlier step makes ${attach}`);
      const known = (handle: string): boolean => handle.startsWith('?') || made.has(handle);
      for (const [field, handles] of Object.entries({ on: [on ?? []].flat(), exec: [exec ?? []].flat() }))
        for (const handle of handles.filter((each) => !known(each)))
          complain(field, `no earlier step makes ${handle}; one that nobody made is "?" and a text`);
      if (via && !isCli(via) && Array.isArray(on) && on.length > 1)
        complain('on', 'only the command line takes several boxes at a time');
      if (as !== undefined) made.add(as);
    }
  });

/** A program: plain data, the same on every target. */
export type Program = z.infer<typeof programSchema>;
