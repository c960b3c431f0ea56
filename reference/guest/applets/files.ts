import type { Bytes } from '../bytes.ts';
import { baseName, dirName, join, normal } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import { release } from '../io/open-file.ts';
import { type Call, complain, each, print, usage } from './applet.ts';
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

async function removeTree(call: Call, path: Bytes): Promise<void> {
  const { vfs } = call.by.kernel;
  const isDirectory = vfs.node(call.by.cwd, path, false).kind === 'directory';
  if (isDirectory) for (const name of vfs.list(call.by.cwd, path)) await removeTree(call, join(path, name));
  await call.by.pause();
  vfs.remove(call.by.cwd, path, isDirectory);
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

/** `chmod [-R] MODE FILE…`; octal modes and `[ugoa]*[-+=][rwx]*`. */
export async function chmod(call: Call): Promise<number> {
  const [mode = '', ...paths] = call.args.filter((arg) => arg !== '-R');
  if (paths.length === 0) return usage(call);
  const { vfs } = call.by.kernel;
  const change = modeChange(mode);
  if (!change) return complain(call, `invalid mode '${mode}'`);
  return each(call, paths, (path) =>
    vfs.setMode(call.by.cwd, path, change(vfs.stat(call.by.cwd, path).mode)),
  );
}

function modeChange(text: Bytes): ((mode: number) => number) | null {
  if (/^[0-7]{1,4}$/.test(text)) return () => Number.parseInt(text, 8);
  const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(text);
  if (!match) return null;
  const [, who = '', operator, rights = ''] = match;
  const bits = [...rights].reduce((sum, right) => sum + ({ r: 4, w: 2, x: 1 }[right] ?? 0), 0);
  const classes = who === '' || who.includes('a') ? 'ugo' : who;
  const mask = [...classes].reduce((sum, each) => sum | (bits << ({ u: 6, g: 3, o: 0 }[each] ?? 0)), 0);
  const all = [...classes].reduce((sum, each) => sum | (7 << ({ u: 6, g: 3, o: 0 }[each] ?? 0)), 0);
  if (operator === '+') return (mode) => mode | mask;
  return operator === '-' ? (mode) => mode & ~mask : (mode) => (mode & ~all) | mask;
}

/** `chown`, `chgrp`: everything belongs to root; only a read-only file system says no. */
export async function chown(call: Call): Promise<number> {
  const [, ...paths] = call.args.filter((arg) => !arg.startsWith('-'));
  const { vfs } = call.by.kernel;
  return each(call, paths, (path) => vfs.setMode(call.by.cwd, path, vfs.stat(call.by.cwd, path).mode));
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

/** `basename PATH [SUFFIX]`, `dirname PATH`. */
export async function pathPart(call: Call): Promise<number> {
  const [path = '', suffix = ''] = call.args;
  const base = baseName(path);
  const shown =
    call.name === 'dirname'
      ? dirName(path)
      : base !== suffix && base.endsWith(suffix)
        ? base.slice(0, base.length - suffix.length)
        : base;
  await print(call, `${shown}\n`);
  return 0;
}

/** `readlink [-f] PATH`, `realpath PATH`. */
export async function readlink(call: Call): Promise<number> {
  const parsed = options(call.args, 'fn');
  const [path = ''] = parsed?.rest ?? [];
  const { vfs } = call.by.kernel;
  const canonical = parsed?.flags.has('f') || call.name === 'realpath';
  const node = vfs.find(call.by.cwd, path, false);
  if (!canonical && node?.kind !== 'symlink') return 1;
  const shown = canonical ? vfs.place(call.by.cwd, path).path : (node?.target() ?? normal(call.by.cwd, path));
  await print(call, `${shown}\n`);
  return 0;
}
