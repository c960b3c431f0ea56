import type { Bytes } from '../bytes.ts';
import { baseName, join } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import { release } from '../io/open-file.ts';
import { type Call, complain, each, usage } from './applet.ts';
import { options } from './options.ts';
import { removeTree } from './remove.ts';

type Act = (call: Call, from: Bytes, to: Bytes) => Promise<void>;

/** Sources and a target, which is a directory when there are several. */
async function toTarget(call: Call, flags: string, act: (flags: Set<string>) => Act): Promise<number> {
  const parsed = options(call.args, flags);
  const target = parsed?.rest.at(-1);
  const sources = parsed?.rest.slice(0, -1) ?? [];
  if (!parsed || target === undefined || sources.length === 0) return usage(call);
  const isDirectory = call.by.kernel.vfs.find(call.by.cwd, target)?.kind === 'directory';
  if (sources.length > 1 && !isDirectory) return complain(call, `${target}: ${new Errno('ENOTDIR').message}`);
  const run = act(parsed.flags);
  return each(call, sources, (source) =>
    run(call, source, isDirectory ? join(target, baseName(source)) : target),
  );
}

/** `cp [-arpf] SOURCE… TARGET`. */
export const cp = (call: Call): Promise<number> =>
  toTarget(call, 'arRpfLPd', (flags) => async (each, from, to) => {
    const recursive = flags.has('a') || flags.has('r') || flags.has('R');
    if (each.by.kernel.vfs.node(each.by.cwd, from).kind === 'directory' && !recursive)
      throw new Errno('EISDIR');
    await copyTree(each, from, to, recursive);
  });

/** `mv [-f] SOURCE… TARGET`. */
export const mv = (call: Call): Promise<number> =>
  toTarget(call, 'fn', () => async (each, from, to) => {
    const { vfs } = each.by.kernel;
    try {
      vfs.rename(each.by.cwd, from, to);
    } catch (error) {
      if (!(error instanceof Errno) || error.code !== 'EXDEV') throw error;
      await copyTree(each, from, to, true);
      await removeTree(each, from);
    }
  });

async function copyTree(call: Call, from: Bytes, to: Bytes, keepLinks: boolean): Promise<void> {
  const { vfs } = call.by.kernel;
  const node = vfs.node(call.by.cwd, from, !keepLinks);
  await call.by.pause();
  if (node.kind === 'symlink') return vfs.link(call.by.cwd, to, node.target());
  if (node.kind !== 'directory') return copyFile(call, from, to);
  const names = vfs.list(call.by.cwd, from);
  if (!vfs.find(call.by.cwd, to)) vfs.makeDirectory(call.by.cwd, to, node.stat().mode);
  for (const name of names) await copyTree(call, join(from, name), join(to, name), keepLinks);
}

const blockBytes = 65_536;

async function copyFile(call: Call, from: Bytes, to: Bytes): Promise<void> {
  const { vfs } = call.by.kernel;
  const source = vfs.open(call.by, from, { read: true });
  try {
    const { mode } = vfs.stat(call.by.cwd, from);
    const target = vfs.open(call.by, to, { write: true, create: true, truncate: true, mode });
    try {
      for (
        let data = await source.read(call.by, blockBytes);
        data.length > 0;
        data = await source.read(call.by, blockBytes)
      ) {
        await target.write(call.by, data);
        await call.by.pause();
      }
    } finally {
      release(target);
    }
  } finally {
    release(source);
  }
}
