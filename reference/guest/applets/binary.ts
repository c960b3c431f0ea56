import { createHash } from 'node:crypto';
import type { Bytes } from '../bytes.ts';
import { bufferOf } from '../bytes.ts';
import type { OpenFile } from '../io/open-file.ts';
import { release } from '../io/open-file.ts';
import { type Call, chunks, complain, each, print, usage, whole } from './applet.ts';
import { amount, operands, options } from './options.ts';

/** `md5sum`, `sha1sum`, `sha256sum`, `sha512sum`. */
export async function checksum(call: Call): Promise<number> {
  return each(call, operands(call.args), async (path) => {
    const hash = createHash(call.name.replace('sum', ''));
    for await (const chunk of chunks(call, path)) hash.update(chunk);
    await print(call, `${hash.digest('hex')}  ${path}\n`);
  });
}

const lineLength = 76;

/** `base64 [-d] [-w N] [FILE]`. */
export async function base64(call: Call): Promise<number> {
  const parsed = options(call.args, 'd', 'w');
  if (!parsed) return usage(call);
  const data = await whole(call, parsed.rest[0] ?? '-');
  if (parsed.flags.has('d')) {
    await call.by.write(1, Buffer.from(data.toString('latin1'), 'base64'));
    return 0;
  }
  const width = Number(parsed.values.get('w') ?? lineLength);
  const text = data.toString('base64');
  const broken = width > 0 ? text.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n') : text;
  await print(call, broken);
  return 0;
}

/** `od [-An] [-tx1|-c|-b]`, `hexdump [-C]`, `xxd`: bytes as hexadecimal or octal, sixteen a line. */
export async function dump(call: Call): Promise<number> {
  const octal = call.args.some((arg) => /b|o1/.test(arg));
  const bare = call.args.some((arg) => arg.includes('An') || arg === '-p') || call.args.includes('n');
  const path = call.args.findLast((arg) => !arg.startsWith('-') && !/^(n|x1|o1|c)$/.test(arg)) ?? '-';
  const data = await whole(call, path);
  const shown = (byte: number) =>
    octal ? byte.toString(8).padStart(3, '0') : byte.toString(16).padStart(2, '0');
  const address = (at: number) => (bare ? '' : at.toString(8).padStart(7, '0'));
  for (let at = 0; at < data.length; at += 16) {
    await print(
      call,
      `${address(at)}${[...data.subarray(at, at + 16)].map((byte) => ` ${shown(byte)}`).join('')}\n`,
    );
  }
  if (!bare) await print(call, `${address(data.length)}\n`);
  return 0;
}

interface DdOptions {
  bs: number;
  count: number;
  skip: number;
  seek: number;
  path: Map<Bytes, Bytes>;
}

/** `dd [if=F] [of=F] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc]`. */
export async function dd(call: Call): Promise<number> {
  const path = new Map(
    call.args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
  );
  const number = (name: Bytes, fallback: number) =>
    path.has(name) ? amount(path.get(name)?.toLowerCase() ?? '') : fallback;
  const parsed: DdOptions = {
    bs: number('bs', 512),
    count: number('count', Infinity),
    skip: number('skip', 0),
    seek: number('seek', 0),
    path,
  };
  if ([parsed.bs, parsed.count, parsed.skip, parsed.seek].some(Number.isNaN) || parsed.bs < 1)
    return complain(call, 'invalid number');
  const { vfs } = call.by.kernel;
  const [from, to] = [path.get('if'), path.get('of')];
  const truncate = parsed.seek === 0 && !path.get('conv')?.includes('notrunc');
  const input = from === undefined ? call.by.fd(0) : vfs.open(call.by, from, { read: true });
  try {
    const output =
      to === undefined ? call.by.fd(1) : vfs.open(call.by, to, { write: true, create: true, truncate });
    try {
      return await transfer(call, input, output, parsed);
    } finally {
      if (to !== undefined) release(output);
    }
  } finally {
    if (from !== undefined) release(input);
  }
}

async function transfer(
  call: Call,
  input: OpenFile,
  output: OpenFile,
  { bs, count, skip, seek, path }: DdOptions,
): Promise<number> {
  if (skip > 0) input.seek?.(skip * bs);
  if (seek > 0) output.seek?.(seek * bs);
  const records = { full: 0, partial: 0 };
  let bytes = 0;
  while (records.full + records.partial < count) {
    await call.by.pause();
    const data = await input.read(call.by, bs);
    if (data.length === 0) break;
    await output.write(call.by, data);
    records[data.length === bs ? 'full' : 'partial'] += 1;
    bytes += data.length;
  }
  const line = `${records.full}+${records.partial} records`;
  const summary = path.get('status') === 'none' ? '' : `${line} in\n${line} out\n${bytes} bytes copied\n`;
  await call.by.write(2, bufferOf(summary));
  return 0;
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
