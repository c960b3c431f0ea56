import type { Bytes } from '../bytes.ts';
import { join } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import { type Call, each, usage } from './applet.ts';
import { options } from './options.ts';

/** `rmdir [-p] DIR…`. */
export async function rmdir(call: Call): Promise<number> {
  const parsed = options(call.args, 'p');
  if (!parsed || parsed.rest.length === 0) return usage(call);
  return each(call, parsed.rest, (path) => call.by.kernel.vfs.remove(call.by.cwd, path, true));
}

/** `rm [-rf] FILE…`. */
export async function rm(call: Call): Promise<number> {
  const parsed = options(call.args, 'rRfiv');
  if (!parsed) return usage(call);
  const force = parsed.flags.has('f');
  if (parsed.rest.length === 0) return force ? 0 : usage(call);
  const recursive = parsed.flags.has('r') || parsed.flags.has('R');
  return each({ ...call, name: `${call.name}: can't remove` }, parsed.rest, async (path) => {
    const node = call.by.kernel.vfs.find(call.by.cwd, path, false);
    if (!node && force) return;
    if (node?.kind === 'directory' && !recursive) throw new Errno('EISDIR');
    await removeTree(call, path);
  });
}

/** Takes a file or a directory with all that is in it away. */
export async function removeTree(call: Call, path: Bytes): Promise<void> {
  const { vfs } = call.by.kernel;
  const isDirectory = vfs.node(call.by.cwd, path, false).kind === 'directory';
  if (isDirectory) for (const name of vfs.list(call.by.cwd, path)) await removeTree(call, join(path, name));
  await call.by.pause();
  vfs.remove(call.by.cwd, path, isDirectory);
}
