import { z } from 'zod';
import { toBuffer, utf8 } from '../../domain/bytes.ts';
import { type Data, expanded } from '../../domain/fill.ts';
import type { BoxOptions } from '../../domain/options.ts';
import { variableBytesOf, variablesOf } from '../../domain/variables.ts';
import { creationRefusals } from '../../model/creation-options.ts';
import { mountRefusals } from '../../model/mounts.ts';
import { newestProfile } from '../../model/profile.ts';
import type { Reason } from '../../model/reasons.ts';
import type { Creating } from '../../model/situation.ts';
import type { Step } from '../../program/step.ts';

/**
 * What a step can ask for by a number, or in a number, and what the box was that it is about: `bytes` are those of a
 * file that is copied, `variables` those of the box, `variableBytes` what all of them take as `NAME=value`.
 */
const names = [
  'cpus',
  'memoryMib',
  'diskGb',
  'autoStopS',
  'autoDeleteS',
  'timeoutS',
  'mounts',
  'bytes',
  'variables',
  'variableBytes',
] as const;
type Name = (typeof names)[number];

const bounds = z
  .strictObject({ least: z.int().optional(), most: z.int().optional() })
  .refine(({ least, most }) => least !== undefined || most !== undefined, 'needs `least`, `most` or both');

/** Bounds of amounts, by name. */
export const amounts = z.partialRecord(z.enum(names), bounds);
type Amounts = z.infer<typeof amounts>;

/** Fields of steps of any verb. */
type Asking = BoxOptions & { timeoutS?: number; mounts?: readonly unknown[]; data?: Data };

/** Gives what a step asks for, by name, and what the box with these options that it is about was; what neither was is not there. */
export function amountsOf(step: Step, { env, ...ofBox }: BoxOptions): Partial<Record<Name, number>> {
  const { mounts, data, ...numbers } = { ...ofBox, ...step } as Asking;
  const own = names.flatMap((name) => {
    const number = (numbers as Partial<Record<Name, unknown>>)[name];
    return typeof number === 'number' ? [[name, number] as const] : [];
  });
  return {
    ...Object.fromEntries(own),
    ...(mounts && { mounts: mounts.length }),
    ...(env && { variables: variablesOf(env).length, variableBytes: variableBytesOf(env) }),
    ...(data !== undefined && 'path' in step && { bytes: expanded(data).length }),
  };
}

/** Whether all amounts that have bounds are asked for and lie within them. */
export const isWithin = (asked: Partial<Record<Name, number>>, wanted: Amounts): boolean =>
  Object.entries(wanted).every(([name, { least = -Infinity, most = Infinity }]) => {
    const amount = asked[name as Name];
    return amount !== undefined && amount >= least && amount <= most;
  });

/** In UTF-8 every byte of a character but its first begins with these bits. */
const isInside = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Whether some variable has a value of more than `beyond` bytes of which the first `at` end within a character. */
export const isCutIn = (
  { env }: Pick<BoxOptions, 'env'>,
  { at, beyond }: { readonly at: number; readonly beyond: number },
): boolean =>
  variablesOf(env)
    .map(([, value]) => toBuffer(utf8(value)))
    .some((bytes) => bytes.length > beyond && isInside(bytes[at]));

/** Mistakes that are found after a deadline has been taken for removal on stop. */
const foundLater: ReadonlySet<Reason> = new Set([
  'cpus-range',
  'capability-malformed',
  'network-rule',
  'deadline-order',
  'ports-not-by-url',
  'ports-without-network',
]);

/** Whether a box that is asked for in this way is refused anyhow, before its deadlines are looked at. */
export const isMistaken = (step: Creating): boolean =>
  creationRefusals(step).some((reason) => !foundLater.has(reason)) ||
  mountRefusals(step, newestProfile).length > 0;
