import type { Bytes } from '../bytes.ts';
import { allLines } from './all-lines.ts';
import { type Call, print, usage } from './applet.ts';
import { options } from './options.ts';

const compare = (a: Bytes, b: Bytes): number => (a < b ? -1 : a > b ? 1 : 0);

/** `sort [-nru] [FILE…]`. */
export async function sort(call: Call): Promise<number> {
  const parsed = options(call.args, 'nrufb', 'kt');
  if (!parsed) return usage(call);
  const { code, found } = await allLines(call, parsed.rest);
  const number = (line: Bytes) => Number.parseFloat(line) || 0;
  const field = Number.parseInt(parsed.values.get('k') ?? '0', 10);
  const key = (line: Bytes) =>
    field > 0 ? (line.split(parsed.values.get('t') ?? /\s+/)[field - 1] ?? '') : line;
  found.sort(
    (a, b) => (parsed.flags.has('n') ? number(key(a)) - number(key(b)) : 0) || compare(key(a), key(b)),
  );
  if (parsed.flags.has('r')) found.reverse();
  const shown = parsed.flags.has('u') ? found.filter((line, index) => line !== found[index - 1]) : found;
  await print(call, shown.map((line) => `${line}\n`).join(''));
  return code;
}
