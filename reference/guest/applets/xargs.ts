import type { Bytes } from '../bytes.ts';
import { type Call, lines, usage } from './applet.ts';
import { start } from './become.ts';
import { options } from './options.ts';

const batch = 5000;

/** `xargs [-n N] [-0] PROGRAM…`. */
export async function xargs(call: Call): Promise<number> {
  const parsed = options(call.args, '0rt', 'nI');
  if (!parsed) return usage(call);
  const words: Bytes[] = [];
  for await (const line of lines(call, '-')) {
    const parts = parsed.flags.has('0') ? line.split('\0') : line.split(/[ \t\n]+/);
    words.push(...parts.filter((word) => word !== ''));
  }
  const command = parsed.rest.length > 0 ? parsed.rest : ['echo'];
  const size = Math.max(1, Number(parsed.values.get('n') ?? batch));
  let code = 0;
  for (let at = 0; at < Math.max(1, words.length); at += size) {
    if (words.length === 0 && parsed.flags.has('r')) break;
    if ((await call.by.join(start(call, [...command, ...words.slice(at, at + size)]))) !== 0) code = 123;
  }
  return code;
}
