import type { Bytes } from '../bytes.ts';
import { allLines } from './all-lines.ts';
import { type Call, print, usage } from './applet.ts';
import { options } from './options.ts';

/** `uniq [-cdu]`. */
export async function uniq(call: Call): Promise<number> {
  const parsed = options(call.args, 'cdu');
  if (!parsed) return usage(call);
  const { code, found } = await allLines(call, parsed.rest);
  const groups: { line: Bytes; count: number }[] = [];
  for (const line of found) {
    const last = groups.at(-1);
    if (last?.line === line) last.count += 1;
    else groups.push({ line, count: 1 });
  }
  const shown = groups.filter(
    ({ count }) => (!parsed.flags.has('d') || count > 1) && (!parsed.flags.has('u') || count === 1),
  );
  const text = shown.map(({ line, count }) =>
    parsed.flags.has('c') ? `${String(count).padStart(7)} ${line}\n` : `${line}\n`,
  );
  await print(call, text.join(''));
  return code;
}
