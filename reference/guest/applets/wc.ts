import { type Call, chunks, each, print, usage } from './applet.ts';
import { options } from './options.ts';

interface Counts {
  l: number;
  w: number;
  c: number;
}

/** `wc [-lwc] [FILE…]`. */
export async function wc(call: Call): Promise<number> {
  const parsed = options(call.args, 'lwcm');
  if (!parsed) return usage(call);
  const asked = (['l', 'w', 'c'] as const).filter(
    (each) => parsed.flags.has(each) || (each === 'c' && parsed.flags.has('m')),
  );
  const shown = asked.length > 0 ? asked : (['l', 'w', 'c'] as const);
  const total: Counts = { l: 0, w: 0, c: 0 };
  const line = (counts: Counts, name: string) => {
    const columns = shown.map((key) => String(counts[key]).padStart(shown.length > 1 ? 9 : 0));
    const text = shown.length > 1 ? columns.join(' ') : (columns[0] ?? '');
    return print(call, name === '' ? `${text}\n` : `${text} ${name}\n`);
  };
  const code = await each(call, parsed.rest.length > 0 ? parsed.rest : ['-'], async (path) => {
    const counts = await count(call, path);
    for (const key of shown) total[key] += counts[key];
    await line(counts, parsed.rest.length > 0 ? path : '');
  });
  if (parsed.rest.length > 1) await line(total, 'total');
  return code;
}

async function count(call: Call, path: string): Promise<Counts> {
  const counts: Counts = { l: 0, w: 0, c: 0 };
  let inWord = false;
  for await (const chunk of chunks(call, path)) {
    counts.c += chunk.length;
    for (const byte of chunk) {
      if (byte === 10) counts.l += 1;
      const blank = byte === 32 || (byte >= 9 && byte <= 13);
      // What is neither blank nor printable is no part of a word and ends none.
      const printable = byte > 32 && byte < 127;
      if (printable && !inWord) counts.w += 1;
      inWord = printable || (inWord && !blank);
    }
  }
  return counts;
}
