import { type Call, each, print, usage } from './applet.ts';
import { modeText } from './ls.ts';
import { options } from './options.ts';

/** `stat [-c FORMAT] PATH…` with `%s %a %n %F %A %Y`. */
export async function stat(call: Call): Promise<number> {
  const parsed = options(call.args, 'L', 'c');
  if (!parsed) return usage(call);
  return each(call, parsed.rest, async (path) => {
    const found = call.by.kernel.vfs.stat(call.by.cwd, path, parsed.flags.has('L'));
    const kind = {
      file: 'regular file',
      directory: 'directory',
      symlink: 'symbolic link',
      device: 'character special file',
    }[found.kind];
    const values: Record<string, string> = {
      s: String(found.size),
      a: found.mode.toString(8),
      n: path,
      F: kind,
      A: modeText(found),
      Y: String(Math.floor(found.mtimeMs / 1000)),
      u: '0',
      g: '0',
      U: 'root',
      G: 'root',
    };
    const format = parsed.values.get('c') ?? '  File: %n\n  Size: %s  %F\nAccess: (%a/%A)';
    await print(call, `${format.replace(/%(\w)/g, (whole, letter: string) => values[letter] ?? whole)}\n`);
  });
}
