import { join } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import { release } from '../io/open-file.ts';
import { type Call, each, print, usage } from './applet.ts';
import { amount, options } from './options.ts';

/** `mktemp [-d] [TEMPLATE]`. */
export async function mktemp(call: Call): Promise<number> {
  const parsed = options(call.args, 'dqt', 'p');
  if (!parsed) return usage(call);
  const { vfs } = call.by.kernel;
  const template = parsed.rest[0] ?? join(parsed.values.get('p') ?? '/tmp', 'tmp.XXXXXX');
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const path = template.replace(/X+$/, (marks) =>
      Math.random().toString(36).slice(2).padEnd(marks.length, '0').slice(0, marks.length),
    );
    if (vfs.find(call.by.cwd, path, false)) continue;
    if (parsed.flags.has('d')) vfs.makeDirectory(call.by.cwd, path, 0o700);
    else release(vfs.open(call.by, path, { write: true, create: true, exclusive: true, mode: 0o600 }));
    await print(call, `${path}\n`);
    return 0;
  }
  throw new Errno('EEXIST');
}

/** `truncate -s SIZE FILE…`. */
export async function truncate(call: Call): Promise<number> {
  const parsed = options(call.args, 'c', 's');
  const size = amount(parsed?.values.get('s')?.toLowerCase() ?? '');
  if (!parsed || Number.isNaN(size)) return usage(call);
  return each(call, parsed.rest, (path) => {
    const file = call.by.kernel.vfs.open(call.by, path, { write: true, create: true });
    try {
      file.truncate?.(size);
    } finally {
      release(file);
    }
  });
}
