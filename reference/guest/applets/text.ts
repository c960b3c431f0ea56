import type { Bytes } from '../bytes.ts';
import { bufferOf, stringOf } from '../bytes.ts';
import { allLines } from './all-lines.ts';
import { type Call, chunks, print, usage } from './applet.ts';
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

/** `cut -d X -f LIST`, `cut -c LIST`. */
export async function cut(call: Call): Promise<number> {
  const parsed = options(call.args, 's', 'dfcb');
  const list = parsed?.values.get('f') ?? parsed?.values.get('c') ?? parsed?.values.get('b');
  if (!parsed || list === undefined) return usage(call);
  const byField = parsed.values.has('f');
  const separator = parsed.values.get('d') ?? '\t';
  const ranges = list.split(',').map((range) => /^(\d*)(-?)(\d*)$/.exec(range) ?? ['', '', '', '']);
  const wanted = (number: number) =>
    ranges.some(
      ([, from, dash, to]) =>
        number >= Number(from || 1) && number <= (dash ? Number(to || Infinity) : Number(from)),
    );
  const { code, found } = await allLines(call, parsed.rest);
  for (const line of found) {
    if (byField && !line.includes(separator)) {
      if (!parsed.flags.has('s')) await print(call, `${line}\n`);
      continue;
    }
    const parts = byField ? line.split(separator) : [...line];
    await print(call, `${parts.filter((_, index) => wanted(index + 1)).join(byField ? separator : '')}\n`);
  }
  return code;
}
