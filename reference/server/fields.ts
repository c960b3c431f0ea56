import { invalidArgument } from '../core/fault.ts';

/** Reads one field of a body: the value, or a fault that names the field. */
export type Check<T> = (value: unknown, field: string) => T;

const wrong = (field: string, wanted: string) => invalidArgument(`field '${field}' must be ${wanted}`);

/** A string. */
export const text: Check<string> = (value, field) => {
  if (typeof value === 'string') return value;
  throw wrong(field, 'a string');
};

/** true or false. */
export const flag: Check<boolean> = (value, field) => {
  if (typeof value === 'boolean') return value;
  throw wrong(field, 'true or false');
};

/** A whole number, 0 or more. */
export const whole: Check<number> = (value, field) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw wrong(field, 'a whole number, 0 or more');
};

/** A whole number above 0. */
export const positive: Check<number> = (value, field) => {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw wrong(field, 'a whole number above 0');
};

/** An object, no list. */
export const object: Check<Record<string, unknown>> = (value, field) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw wrong(field, 'an object');
};

export const listOf =
  <T>(item: Check<T>): Check<T[]> =>
  (value, field) => {
    if (Array.isArray(value)) return value.map((one, index) => item(one, `${field}[${index}]`));
    throw wrong(field, 'an array');
  };

export const texts = listOf(text);

/** An object whose values are strings. */
export const textMap: Check<Record<string, string>> = (value, field) =>
  Object.fromEntries(
    Object.entries(object(value, field)).map(([key, one]) => [key, text(one, `${field}.${key}`)]),
  );

/** A field that may be left out or null. */
export const optional = <T>(body: Record<string, unknown>, field: string, check: Check<T>): T | undefined =>
  body[field] === undefined || body[field] === null ? undefined : check(body[field], field);
