import { type Call, chunks, complain, each, lines, print } from './applet.ts';
import { amount, oldStyle, operands, options } from './options.ts';

/** `head [-n N | -c N] [FILE…]`. */
export async function head(call: Call): Promise<number> {
  const parsed = options(oldStyle(call.args), 'qv', 'nc');
  const count = amount(parsed?.values.get('c') ?? parsed?.values.get('n') ?? '10');
  if (!parsed || Number.isNaN(count)) return complain(call, 'invalid number');
  const bytes = parsed.values.has('c');
  const paths = operands(parsed.rest);
  return each(call, paths, async (path) => {
    if (paths.length > 1) await print(call, `==> ${path} <==\n`);
    await (bytes ? headBytes(call, path, count) : headLines(call, path, count));
  });
}

async function headBytes(call: Call, path: string, count: number): Promise<void> {
  let left = count;
  if (left === 0) return;
  for await (const chunk of chunks(call, path)) {
    await call.by.write(1, chunk.subarray(0, left));
    left -= Math.min(left, chunk.length);
    if (left === 0) return;
  }
}

async function headLines(call: Call, path: string, count: number): Promise<void> {
  let left = count;
  if (left === 0) return;
  for await (const line of lines(call, path)) {
    await print(call, line);
    left -= 1;
    if (left === 0) return;
  }
}
