import type { Bytes } from '../bytes.ts';
import { baseName, join } from '../disk/path.ts';
import { Errno } from '../errno.ts';
import { release } from '../io/open-file.ts';
import { limits } from '../limits.ts';
import { matches } from '../shell/pattern.ts';
import { type Call, complain, each, print, usage } from './applet.ts';
import { modeText } from './ls.ts';
import { amount, options } from './options.ts';

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

/** `find [PATH…] [-name P] [-type T] [-maxdepth N]`. */
export async function find(call: Call): Promise<number> {
  const first = call.args.findIndex((arg) => arg.startsWith('-'));
  const paths = first < 0 ? call.args : call.args.slice(0, first);
  const tests = first < 0 ? [] : call.args.slice(first).filter((arg) => arg !== '-print');
  const wanted = new Map<Bytes, Bytes>();
  for (let at = 0; at < tests.length; at += 2) {
    if (!['-name', '-type', '-maxdepth', '-mindepth'].includes(tests[at] ?? ''))
      return complain(call, `unrecognized: ${tests[at]}`);
    wanted.set(tests[at] ?? '', tests[at + 1] ?? '');
  }
  return each(call, paths.length > 0 ? paths : ['.'], (path) => descend(call, path, wanted, 0));
}

async function descend(call: Call, path: Bytes, wanted: Map<Bytes, Bytes>, depth: number): Promise<void> {
  const { vfs } = call.by.kernel;
  const node = vfs.node(call.by.cwd, path, false);
  const letter = { file: 'f', directory: 'd', symlink: 'l', device: 'c' }[node.kind];
  const named = wanted.get('-name');
  const shown =
    (named === undefined || matches(named, baseName(path))) &&
    (wanted.get('-type') ?? letter) === letter &&
    depth >= Number(wanted.get('-mindepth') ?? 0);
  if (shown) await print(call, `${path}\n`);
  if (
    node.kind !== 'directory' ||
    depth >= Math.min(Number(wanted.get('-maxdepth') ?? Infinity), limits.callDepth)
  )
    return;
  for (const name of vfs.list(call.by.cwd, path)) await descend(call, join(path, name), wanted, depth + 1);
}

/** `ps`: every process of the guest. */
export async function ps(call: Call): Promise<number> {
  const lines = [...call.by.kernel.processes.values()]
    .sort((a, b) => a.pid - b.pid)
    .map(({ pid, argv }) => `${String(pid).padStart(5)} root      0:00 ${argv.join(' ')}\n`);
  await print(call, `  PID USER     TIME  COMMAND\n${lines.join('')}`);
  return 0;
}

/** `df [PATH]`: where each file system shows. */
export async function df(call: Call): Promise<number> {
  const mounts = [...call.by.kernel.vfs.mounts.values()];
  const rows = mounts.map(({ at, volume }) => `${volume.tag.padEnd(20)} 1000000 0 1000000 0% ${at}\n`);
  await print(
    call,
    `Filesystem           1K-blocks Used Available Use% Mounted on\n/dev/root            1000000 0 1000000 0% /\n${rows.join('')}`,
  );
  return 0;
}

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

/** `expr A OP B`, integers and comparisons. */
export async function expr(call: Call): Promise<number> {
  const [a = '', operator, b = ''] = call.args;
  const numbers = /^-?\d+$/.test(a) && /^-?\d+$/.test(b);
  const [x, y] = numbers ? [BigInt(a), BigInt(b)] : [0n, 0n];
  if ((operator === '/' || operator === '%') && y === 0n) return complain(call, 'division by zero', 2);
  const results: Record<string, () => Bytes> = {
    '+': () => String(x + y),
    '-': () => String(x - y),
    '*': () => String(x * y),
    '/': () => String(x / y),
    '%': () => String(x % y),
    '=': () => (a === b ? '1' : '0'),
    '!=': () => (a !== b ? '1' : '0'),
    '<': () => ((numbers ? x < y : a < b) ? '1' : '0'),
    '>': () => ((numbers ? x > y : a > b) ? '1' : '0'),
  };
  const value = operator === undefined ? a : results[operator]?.();
  if (value === undefined) return complain(call, 'syntax error', 2);
  await print(call, `${value}\n`);
  return value === '' || value === '0' ? 1 : 0;
}
