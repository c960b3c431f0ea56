import { createHash } from 'node:crypto';
import { type Call, chunks, each, print, whole } from './applet.ts';
import { operands } from './options.ts';

/** `md5sum`, `sha1sum`, `sha256sum`, `sha512sum`. */
export async function checksum(call: Call): Promise<number> {
  return each(call, operands(call.args), async (path) => {
    const hash = createHash(call.name.replace('sum', ''));
    for await (const chunk of chunks(call, path)) hash.update(chunk);
    await print(call, `${hash.digest('hex')}  ${path}\n`);
  });
}

/** `cmp [-s] FILE FILE`. */
export async function cmp(call: Call): Promise<number> {
  const [a = '', b = ''] = call.args.filter((arg) => arg !== '-s');
  const [left, right] = [await whole(call, a), await whole(call, b)];
  if (left.equals(right)) return 0;
  const at = left.findIndex((byte, index) => byte !== right[index]);
  if (!call.args.includes('-s'))
    await print(call, `${a} ${b} differ: char ${(at < 0 ? left.length : at) + 1}\n`);
  return 1;
}
