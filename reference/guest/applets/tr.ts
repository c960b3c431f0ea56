import type { Bytes } from '../bytes.ts';
import { bufferOf, stringOf } from '../bytes.ts';
import { type Call, chunks, usage } from './applet.ts';
import { backslashes } from './escapes.ts';
import { options } from './options.ts';

const classes: Record<string, string> = {
  lower: 'a-z',
  upper: 'A-Z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  space: ' \t\n\r\f\v',
};

/** The characters of a `tr` set, ranges and classes written out. */
function trSet(text: Bytes): Bytes {
  const named = text.replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole);
  return backslashes(named, false).text.replace(/(.)-(.)/gs, (_, from: string, to: string) => {
    const [a, b] = [from.charCodeAt(0), to.charCodeAt(0)];
    return String.fromCharCode(
      ...Array.from({ length: Math.max(0, b - a + 1) }, (_each, index) => a + index),
    );
  });
}

function complement(set: Bytes): Bytes {
  return Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
    .filter((char) => !set.includes(char))
    .join('');
}

/** `tr [-dsc] SET1 [SET2]`. */
export async function tr(call: Call): Promise<number> {
  const parsed = options(call.args, 'dscC');
  if (!parsed?.rest[0]) return usage(call);
  const { flags, rest } = parsed;
  const given = trSet(rest[0] ?? '');
  const from = flags.has('c') || flags.has('C') ? complement(given) : given;
  const to = rest[1] === undefined ? null : trSet(rest[1]);
  const squeezed = flags.has('s') ? (to ?? from) : '';
  let last = '';
  for await (const chunk of chunks(call, '-')) {
    let text = '';
    for (const char of stringOf(chunk)) {
      const at = from.indexOf(char);
      if (at >= 0 && flags.has('d')) continue;
      const mapped = at < 0 || to === null ? char : (to[Math.min(at, to.length - 1)] ?? char);
      if (mapped === last && squeezed.includes(mapped)) continue;
      text += mapped;
      last = mapped;
    }
    await call.by.write(1, bufferOf(text));
  }
  return 0;
}
