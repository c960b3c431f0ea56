import type { z } from 'zod';
import type { Broken, Observation } from '../../domain/observation.ts';
import { excerpt } from './text.ts';

/** Gives the observation of an answer that is none (contract 8.1, 8.2). */
export function broken(how: Broken, text: string, status?: number): Observation {
  return { is: 'broken', how, text: excerpt(text), ...(status === undefined ? {} : { status }) };
}

/**
 * Reads JSON against a schema and hands it to `use`; what does not fit is a malformed answer whose text names
 * the field that is wrong.
 */
export function parsed<T>(
  what: string,
  text: string,
  schema: z.ZodType<T>,
  use: (value: T) => Observation,
): Observation {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return broken('malformed', `${what}: not JSON: ${text}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return use(result.data);
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'answer'}: ${issue.message}`);
  return broken('malformed', `${what}: ${issues.join('; ')} in ${text}`);
}

/** Reads JSON against a schema; null for text that is no JSON or does not fit. */
export function jsonOf<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
