import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Backend } from '../../backend/backend.ts';
import { Fault, invalidArgument, isFault, notFound, unsupported } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import type { TreeEntry } from '../../vm/port.ts';
import { contextOf, withBackend } from '../context.ts';
import { missing, type Parsed, wordsOf } from '../parse.ts';

/** A path, in a box where one is named. */
interface Side {
  box?: string;
  path: string;
}

/** `boxlite cp`: a file, into a box a directory as well, between host and box, with the meaning of `docker cp` (contract 2.8). */
export async function cp(parsed: Parsed): Promise<number> {
  const [source, target, surplus] = wordsOf(parsed);
  if (source === undefined || target === undefined || surplus !== undefined) throw missing('<SRC> <DST>');
  const [from, to] = [sideOf(source), sideOf(target)];
  const box = to.box ?? from.box;
  if (box === undefined) throw invalidArgument('at least one of SRC or DST must reference a box');
  if (to.box !== undefined && from.box !== undefined)
    throw invalidArgument('copy between boxes is not supported');
  return withBackend(contextOf(parsed), async (backend) => {
    await checkBox(backend, box);
    if (to.box === undefined) writeHost(await backend.read(box, from.path), to.path);
    else await backend.write(box, to.path, readHost(from.path));
    return 0;
  });
}

/** `X:PATH` is in a box, split at the first colon: what X begins with does not matter, for a name has any characters. */
function sideOf(text: string): Side {
  const colon = text.indexOf(':');
  if (colon < 0) return { path: text };
  return { box: text.slice(0, colon), path: text.slice(colon + 1) };
}

const checkBox = (backend: Backend, box: string) =>
  backend.box(box).catch((error: unknown) => {
    throw isFault(error, 'not-found') ? new Fault('not-found', `box '${box}' not found`) : error;
  });

/** A file, or a directory with all that is in it; what follows its last slash is its name, none for `SRC/.`. */
function readHost(path: string): TreeEntry[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) throw notFound(`source path '${path}' does not exist`);
  return entriesOf(path, path.endsWith('/.') ? '.' : basename(path));
}

function entriesOf(path: string, name: string): TreeEntry[] {
  const found = lstatSync(path);
  const mode = found.mode & 0o7777;
  if (found.isFile()) return [{ path: name, kind: 'file', mode, data: readFileSync(path) }];
  if (!found.isDirectory()) throw unsupported(`'${path}' is no file`);
  const below = readdirSync(path).flatMap((each) => entriesOf(join(path, each), join(name, each)));
  return [{ path: name, kind: 'directory', mode }, ...below];
}

/** Onto a directory the file lands inside, otherwise it takes the target's name. */
function writeHost([top]: TreeEntry[], target: string): void {
  if (!top?.data) throw unsupported(`only files can be copied, not '${top?.path}'`);
  const inside = statSync(target, { throwIfNoEntry: false })?.isDirectory();
  const file = inside ? join(target, basename(top.path)) : target;
  writeFileSync(file, top.data);
  chmodSync(file, defect('copied-out-mode-lost') ? 0o644 : top.mode & 0o777);
}
