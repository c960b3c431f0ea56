import { bufferOf } from '../bytes.ts';
import { type OpenFile, release } from '../io/open-file.ts';
import { limits } from '../limits.ts';
import { type Call, chunks, complain, each, print, usage } from './applet.ts';
import { operands, options } from './options.ts';

/** `cat [FILE…]`. */
export async function cat(call: Call): Promise<number> {
  const parsed = options(call.args, 'uen');
  if (!parsed) return usage(call);
  return each({ ...call, name: `${call.name}: can't open` }, operands(parsed.rest), async (path) => {
    for await (const chunk of chunks(call, path)) await call.by.write(1, chunk);
  });
}

/** `tee [-a] FILE…`. */
export async function tee(call: Call): Promise<number> {
  const parsed = options(call.args, 'ai');
  if (!parsed) return usage(call);
  const append = parsed.flags.has('a');
  const how = { write: true, create: true, append, truncate: !append };
  const files: OpenFile[] = [];
  try {
    for (const path of parsed.rest) files.push(call.by.kernel.vfs.open(call.by, path, how));
    for await (const chunk of chunks(call, '-')) {
      await call.by.write(1, chunk);
      for (const file of files) await file.write(call.by, chunk);
    }
  } finally {
    for (const file of files) release(file);
  }
  return 0;
}

/** `yes [TEXT…]`. */
export async function yesForever(call: Call): Promise<number> {
  const line = `${call.args.join(' ') || 'y'}\n`;
  const block = bufferOf(line.repeat(Math.max(1, Math.floor(limits.chunkBytes / 4 / line.length))));
  for (;;) await call.by.write(1, block);
}

/** `seq [FIRST [STEP]] LAST`. */
export async function seq(call: Call): Promise<number> {
  const numbers = call.args.map(Number);
  const [first = 1, step = 1, last = 0] =
    numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
  if (numbers.length === 0 || numbers.some(Number.isNaN) || step === 0)
    return complain(call, 'invalid number');
  let block = '';
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
    block += `${value}\n`;
    if (block.length < limits.mergeBytes) continue;
    await print(call, block);
    block = '';
  }
  await print(call, block);
  return 0;
}
