import type { Bytes } from '../bytes.ts';
import { baseName, join } from '../disk/path.ts';
import { limits } from '../limits.ts';
import { matches } from '../shell/pattern.ts';
import { type Call, complain, each, print } from './applet.ts';

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
