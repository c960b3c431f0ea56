import { allLines } from './all-lines.ts';
import { type Call, print, usage } from './applet.ts';
import { options } from './options.ts';

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
