import type { Call, CliCall, RestCall } from '../../commands/calls.ts';
import type { Bytes } from '../../domain/bytes.ts';
import type { Observation } from '../../domain/observation.ts';
import type { StepContext } from './step-context.ts';

type Telling = (CliCall | RestCall) & { readonly sinceBegan: true };

/** Whether the numbers that a call tells are told less those from before the program. */
export const isTelling = (call: Call): call is Telling => 'sinceBegan' in call;

/** The answer with each of its numbers less what it was before the program. */
export function sinceBegan(before: StepContext['before'], call: Call, seen: Observation): Observation {
  const were = before.get(call.call);
  if (!were || !isTelling(call)) return seen;
  if (seen.is === 'ended') return { ...seen, out: less(seen.out, were) };
  return seen.is === 'bytes' && seen.data !== null ? { ...seen, data: less(seen.data, were) } : seen;
}

/** The numbers in an answer but for zeros, by name. */
export const numbersTold = (seen: Observation): Record<string, number> => numbersIn(textOf(seen));

const textOf = (seen: Observation): Bytes => {
  if (seen.is === 'ended') return seen.out;
  return seen.is === 'bytes' ? (seen.data ?? '') : '';
};

function less(text: Bytes, were: Readonly<Record<string, number>>): Bytes {
  if (Object.keys(were).length === 0) return text;
  const told = objectOf(text);
  const numbers = Object.entries(numbersIn(text)).map(([name, now]) => [name, now - (were[name] ?? 0)]);
  return told ? JSON.stringify({ ...told, ...Object.fromEntries(numbers) }) : text;
}

const numbersIn = (text: Bytes): Record<string, number> =>
  Object.fromEntries(
    Object.entries(objectOf(text) ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] !== 0,
    ),
  );

function objectOf(text: Bytes): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
