import { stripVTControlCharacters } from 'node:util';
import type { z } from 'zod';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import type { Broken, Observation } from '../../domain/observation.ts';
import { issuesOf } from '../../files/issues.ts';

/** Gives the text a person reads, from raw bytes: UTF-8, without colours. */
export const readable = (bytes: Bytes): string => stripVTControlCharacters(toBuffer(bytes).toString('utf8'));

/** What is quoted of an answer, characters. */
const EXCERPT = 2_000;

/** Gives the observation of an answer that is none (contract 8.1, 8.2). */
export function broken(how: Broken, text: string, status?: number): Observation {
  const quoted = text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}… (${text.length} characters)`;
  return { is: 'broken', how, text: quoted, ...(status === undefined ? {} : { status }) };
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
  const issues = issuesOf(result.error).map(
    (issue) => `${issue.path.join('.') || 'answer'}: ${issue.message}`,
  );
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
