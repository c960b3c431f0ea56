import { baseName, dirName, normal } from '../disk/path.ts';
import { type Call, print } from './applet.ts';
import { options } from './options.ts';

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
