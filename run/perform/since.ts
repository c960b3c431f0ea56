import type { Call, CliCall, RestCall } from '../../commands/calls.ts';
import { verbs } from '../../commands/index.ts';
import type { Bytes } from '../../domain/bytes.ts';
import type { Observation } from '../../domain/observation.ts';
import type { Program } from '../../program/program.ts';
import { performOne } from './one.ts';
import type { StepContext } from './step-context.ts';

type Telling = (CliCall | RestCall) & { readonly sinceBegan: true };

const isTelling = (call: Call): call is Telling => 'sinceBegan' in call;

/**
 * Takes down the numbers that the program's steps will ask for as they are before it: a server counts from its own
 * beginning, and a home may hold boxes of somebody else.
 */
export async function readBefore(
  context: StepContext,
  { steps }: Program,
  deadlineMs: number,
): Promise<void> {
  for (const call of steps.flatMap((step) => verbs[step.op].calls(step)).filter(isTelling)) {
    if (context.before.has(call.call)) continue;
    const seen = await performOne({ context, deadlineMs, told: undefined, own: undefined }, call);
    context.before.set(call.call, numbersIn(textOf(seen)));
  }
}

/** The answer with each of its numbers less what it was before the program. */
export function sinceBegan(before: StepContext['before'], call: Call, seen: Observation): Observation {
  const were = before.get(call.call);
  if (!were || !isTelling(call)) return seen;
  if (seen.is === 'ended') return { ...seen, out: less(seen.out, were) };
  return seen.is === 'bytes' && seen.data !== null ? { ...seen, data: less(seen.data, were) } : seen;
}

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
