import type { Bytes } from '../bytes.ts';
import { bufferOf } from '../bytes.ts';
import type { OpenFile } from '../io/open-file.ts';
import { release } from '../io/open-file.ts';
import { type Call, complain } from './applet.ts';
import { amount } from './options.ts';

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
