import type { Bytes } from '../bytes.ts';
import { baseName, join } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import { release } from '../io/open-file.ts';
import { type Call, complain, each, usage } from './applet.ts';
import { options } from './options.ts';

/** `mkdir [-p] [-m MODE] DIR…`. */
export async function mkdir(call: Call): Promise<number> {
  const parsed = options(call.args, 'pv', 'm');
  if (!parsed || parsed.rest.length === 0) return usage(call);
  const { vfs } = call.by.kernel;
  const mode =
    Number.parseInt(parsed.values.get('m') ?? '777', 8) & ~(parsed.values.has('m') ? 0 : call.by.umask);
  const named = { ...call, name: `${call.name}: can't create directory` };
  return each(named, parsed.rest, (path) => {
    if (!parsed.flags.has('p')) return vfs.makeDirectory(call.by.cwd, path, mode);
    makeAll(call, path, mode);
  });
}

function makeAll(call: Call, path: Bytes, mode: number): void {
  const { vfs } = call.by.kernel;
  let at = path.startsWith('/') ? '/' : '.';
  for (const part of path.split('/').filter((name) => name !== '')) {
    at = join(at, part);
    const node = vfs.find(call.by.cwd, at);
    if (!node) vfs.makeDirectory(call.by.cwd, at, mode);
    else if (node.kind !== 'directory') throw new Errno('EEXIST');
  }
}

/** `touch [-c] FILE…`. */
export async function touch(call: Call): Promise<number> {
  const parsed = options(call.args, 'cam', 'td');
  if (!parsed || parsed.rest.length === 0) return usage(call);
  const { vfs } = call.by.kernel;
  return each(call, parsed.rest, (path) => {
    if (vfs.place(call.by.cwd, path).node) vfs.setTime(call.by.cwd, path, Date.now());
    else if (!parsed.flags.has('c')) release(vfs.open(call.by, path, { write: true, create: true }));
  });
}

/** `ln [-sf] TARGET LINK`; hard links are refused. */
export async function ln(call: Call): Promise<number> {
  const parsed = options(call.args, 'sfnv');
  const [target, link] = parsed?.rest ?? [];
  if (!parsed || target === undefined) return usage(call);
  const { vfs } = call.by.kernel;
  const into = link ?? baseName(target);
  const at = vfs.find(call.by.cwd, into)?.kind === 'directory' ? join(into, baseName(target)) : into;
  if (!parsed.flags.has('s')) return complain(call, `${at}: ${new Errno('EPERM').message}`);
  return each(call, [at], () => {
    if (parsed.flags.has('f') && vfs.find(call.by.cwd, at, false)) vfs.remove(call.by.cwd, at, false);
    vfs.link(call.by.cwd, at, target);
  });
}
