import { type Call, complain, each, whole } from './applet.ts';
import { amount, oldStyle, operands, options } from './options.ts';

/** `tail [-n N | -c N] [-f] [FILE…]`; `+N` counts from the beginning. */
export async function tail(call: Call): Promise<number> {
  const parsed = options(oldStyle(call.args), 'qvfF', 'nc');
  const text = parsed?.values.get('c') ?? parsed?.values.get('n') ?? '10';
  const count = amount(text);
  if (!parsed || Number.isNaN(count)) return complain(call, 'invalid number');
  const bytes = parsed.values.has('c');
  const follows = parsed.flags.has('f') || parsed.flags.has('F');
  return each(call, operands(parsed.rest), async (path) => {
    const data = await whole(call, path);
    await call.by.write(1, data.subarray(tailStart(data, bytes, count, text.startsWith('+'))));
    if (follows) await followFile(call, path, data.length);
  });
}

function tailStart(data: Buffer, bytes: boolean, count: number, fromTop: boolean): number {
  if (bytes) return fromTop ? Math.max(0, count - 1) : Math.max(0, data.length - count);
  if (fromTop) return skipLines(data, Math.max(0, count - 1));
  return lastLines(data, count);
}

function lastLines(data: Buffer, count: number): number {
  if (count === 0) return data.length;
  let at = data.at(-1) === 10 ? data.length - 1 : data.length;
  for (let left = count; left > 0; left -= 1) {
    at = at > 0 ? data.lastIndexOf(10, at - 1) : -1;
    if (at < 0) return 0;
  }
  return at + 1;
}

function skipLines(data: Buffer, count: number): number {
  let at = 0;
  for (let left = count; left > 0; left -= 1) {
    const next = data.indexOf(10, at);
    if (next < 0) return data.length;
    at = next + 1;
  }
  return at;
}

const followEveryMs = 100;

async function followFile(call: Call, path: string, from: number): Promise<never> {
  for (let at = from; ; ) {
    await call.by.sleep(followEveryMs);
    const content = call.by.kernel.vfs.node(call.by.cwd, path).content(false);
    const data = Buffer.from(content.read(at, Math.max(0, content.size() - at)));
    content.close();
    at += data.length;
    await call.by.write(1, data);
  }
}
