import { z } from 'zod';
import type { Box } from '../../model/world.ts';
import { stepSchema, surfaceSchema } from '../../program/step.ts';
import { isPattern } from './observation-pattern.ts';
import { isVersionRange } from './versions.ts';
import { whereSchema } from './where.ts';

const operations = stepSchema.options.map((option) => option.shape.op.value);
const opSchema = z.enum(operations);

const statuses = [
  ...(['configured', 'primed', 'running', 'ending', 'stopped'] as const),
  ...(['failed', 'leaving', 'unclear', 'removed'] as const),
] as const satisfies readonly Box['status'][];

/** The code of a box after the step: a number, none, or not known. */
const codeSchema = z.union([z.int(), z.null(), z.literal('any')]);

/**
 * The world after a divergence: that of one of the contract's outcomes (by its label, `usual` for the first,
 * `unchanged` for the world before the step), then what is different from it. `unknown`, or a label that the
 * contract does not have here: nothing can be said of the boxes the step is about, as long as they are there.
 */
const afterSchema = z.strictObject({
  as: z.string().min(1).default('unchanged'),
  box: z
    .strictObject({
      status: z.enum(statuses).optional(),
      code: codeSchema.optional(),
      /** It runs, as after a start that nobody has asked for. */
      started: z.literal(true).optional(),
      /** `before`: what the step should have written is not there; `directory`: nor can it be, a directory is. */
      disk: z.enum(['before', 'directory']).optional(),
      /** The box keeps the volumes it was asked for, though the contract refuses them. */
      mounts: z.literal('asked').optional(),
      /** It has neither the name nor the options it was asked for. */
      bare: z.literal(true).optional(),
    })
    .optional(),
  /**
   * Who holds the execution's slot: nobody, or `?`, a client that is gone and of which the runtime does not know;
   * `draining`: it may stay taken for a while (contract 7.9).
   */
  exec: z
    .strictObject({
      attachedBy: z.union([z.null(), z.literal('?')]).optional(),
      draining: z.literal(true).optional(),
    })
    .optional(),
  attach: z.strictObject({ state: z.literal('closed') }).optional(),
  /** `draining`: the attach was not made, and the slot it was for may stay taken for a while (contract 7.9). */
  slot: z.literal('draining').optional(),
});

/** How often a timing-dependent divergence showed when it was measured: `m` of `k`. */
const rateSchema = z
  .strictObject({ m: z.int().min(1), k: z.int().min(1) })
  .refine(({ m, k }) => m <= k, 'm must not exceed k: the divergence showed in m of k tries');

const text = z.string().min(1);

export const knownSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'an id is lower-case words joined by hyphens'),
    title: text,
    /** Absent: whatever operation the rest is true of. */
    op: z.union([opSchema, z.array(opSchema).min(1)]).optional(),
    via: z.array(surfaceSchema).min(1).optional(),
    /** Patterns over the step's situation, `*` for anything. */
    situation: z.array(text).min(1).optional(),
    where: whereSchema.optional(),
    targets: z
      .array(z.enum(['reference', 'lab', 'host', 'external']))
      .min(1)
      .optional(),
    versions: z.string().refine(isVersionRange, 'a range such as ">=0.10.0 <=0.10.7", one version, or "*"'),
    /** What is seen instead of the contract's answer: a part of it is enough, with `oneOf` that of one of several. */
    seen: z
      .record(z.string(), z.unknown())
      .refine(
        ({ oneOf, ...pattern }) =>
          'is' in pattern || (Array.isArray(oneOf) && oneOf.every((one) => 'is' in one)),
        'needs `is`: the kind of answer, such as "refused" or "broken"',
      )
      .refine(isPattern, 'holds a /regular expression/ that does not compile'),
    /** The answer is a contract's own but for what each phrase of the difference names by this part. */
    differs: text.optional(),
    after: afterSchema,
    /**
     * The answer itself is the contract's; only the world after it is not. A program may then be in either
     * world, and what it sees next decides whether the divergence showed.
     */
    silent: z.literal(true).optional(),
    /**
     * Seconds, on bare metal, after which the answer is believed where the contract still gives time for another one:
     * what only comes late comes sooner. Absent: the contract's time is waited for.
     */
    lookS: z.int().min(1).optional(),
    /** false: it depends on timing; the contract's own answer is then as good. */
    always: z.boolean(),
    rate: rateSchema.optional(),
    /** Divergences that must show before this one can: its counterexample shows them too. */
    needs: z.array(text).min(1).optional(),
    /** Where the contract says otherwise, or the upstream issue. */
    source: text,
    found: z.strictObject({ program: text, date: z.iso.date(), version: text }),
  })
  .refine((entry) => entry.always || entry.rate !== undefined, {
    path: ['rate'],
    message: 'needed when `always` is false: in how many of how many tries it showed, as {"m": 3, "k": 10}',
  });

/** A divergence from the contract that is known and tolerated where it applies. */
export type KnownDivergence = z.infer<typeof knownSchema>;
