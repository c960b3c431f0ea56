import type { Bytes } from '../bytes.ts';
import { join } from '../disk/path.ts';
import type { Stat } from '../disk/vnode.ts';
import { Errno } from '../errno.ts';
import { type Call, each, print, usage } from './applet.ts';
import { options } from './options.ts';

/** `ls [-1alAdhR] [PATH…]`: one name a line. */
export async function ls(call: Call): Promise<number> {
  const parsed = options(call.args, '1alAdhFRtrsiSnk');
  if (!parsed) return usage(call);
  const paths = parsed.rest.length > 0 ? parsed.rest : ['.'];
  return each(call, paths, (path) => show(call, path, parsed.flags, paths.length > 1));
}

async function show(call: Call, path: Bytes, flags: Set<string>, titled: boolean): Promise<void> {
  const { vfs } = call.by.kernel;
  const node = vfs.find(call.by.cwd, path) ?? vfs.find(call.by.cwd, path, false);
  if (!node) throw new Errno('ENOENT');
  if (node.kind !== 'directory' || flags.has('d')) return line(call, path, path, flags);
  if (titled) await print(call, `${path}:\n`);
  const all = vfs.list(call.by.cwd, path);
  const names = flags.has('a')
    ? ['.', '..', ...all]
    : all.filter((name) => flags.has('A') || !name.startsWith('.'));
  for (const name of names) await line(call, join(path, name), name, flags);
  if (!flags.has('R')) return;
  for (const name of names.filter((each) => each !== '.' && each !== '..')) {
    if (vfs.find(call.by.cwd, join(path, name), false)?.kind === 'directory') {
      await print(call, '\n');
      await show(call, join(path, name), flags, true);
    }
  }
}

async function line(call: Call, path: Bytes, name: Bytes, flags: Set<string>): Promise<void> {
  if (!flags.has('l')) return print(call, `${name}\n`);
  const node = call.by.kernel.vfs.node(call.by.cwd, path, false);
  const stat = node.stat();
  const shown = stat.kind === 'symlink' ? `${name} -> ${node.target()}` : name;
  const when = new Date(stat.mtimeMs).toISOString().slice(0, 16).replace('T', ' ');
  await print(
    call,
    `${modeText(stat)}    1 root     root     ${String(stat.size).padStart(9)} ${when} ${shown}\n`,
  );
}

/** `drwxr-xr-x`. */
export function modeText({ kind, mode }: Stat): string {
  const type = { file: '-', directory: 'd', symlink: 'l', device: 'c' }[kind];
  const bits = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
  return type + bits.join('');
}
