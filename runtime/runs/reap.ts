import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../../domain/log.ts';
import { readJsonSync } from '../../files/json.ts';
import { removePath, replaceFile, toJson } from '../../files/write.ts';
import { mountsBelow, unmount } from '../../machine/mounts.ts';
import { processesMentioning, signalProcess, stillRuns } from '../../machine/process.ts';
import { entriesOf } from '../../machine/tree.ts';
import { lookUntil } from '../../machine/until.ts';
import type { TargetOptions } from '../ports/options.ts';
import { bootId, type Note, noteSchema, ROOT_NAME, runsDir, shortTmp } from './record.ts';

/** A killed process is gone well within this, unless the kernel itself waits for something. */
const DEATH_MS = 3_000;

/**
 * Cleans up after suites that were killed before they could: their processes, mounts and directories. A
 * process is ended only when pid and start time are those that were noted, or when it mentions a directory
 * that was the dead suite's own. Suites still running are left alone.
 * What they left on somebody else's runtime stays in their notes, see {@link takeBoxes}.
 *
 * @param log told one line for everything that was removed.
 * @returns what was removed, in words.
 */
export async function reapDeadRuns(
  log: Log,
  options: Pick<TargetOptions, 'cacheDir'> = {},
): Promise<string[]> {
  const dir = runsDir(options);
  const removed: string[] = [];
  for (const file of notesIn(dir)) {
    const note = readNote(file, log);
    if (!note || isAlive(note)) continue;
    for (const what of await reap(note)) {
      removed.push(what);
      log(`left by a boxcheck that was killed (pid ${note.suite.pid}, ${note.startedAt}): removed ${what}`);
    }
    keep(file, { ...note, children: [], dirs: [] });
  }
  return removed;
}

/** Takes over the boxes that dead runs have left at one place: their ids leave the notes, for the caller to remove. */
export function takeBoxes(dir: string, place: string): string[] {
  return notesIn(dir).flatMap((file) => {
    const note = readNote(file, () => {});
    const { [place]: ids = [], ...boxes } = note?.boxes ?? {};
    if (!note || ids.length === 0 || isAlive(note)) return [];
    keep(file, { ...note, boxes });
    return ids;
  });
}

/** Boxes elsewhere can be removed only by a run that gets there. */
function keep(file: string, note: Note): void {
  const left = [note.children, note.dirs, ...Object.values(note.boxes ?? {})];
  if (left.some(({ length }) => length > 0)) replaceFile(file, toJson(note));
  else rmSync(file, { force: true });
}

const notesIn = (dir: string): string[] =>
  entriesOf(dir).flatMap((name) => (name.endsWith('.json') ? [join(dir, name)] : []));

function readNote(file: string, log: Log): Note | null {
  try {
    return readJsonSync(file, { schema: noteSchema });
  } catch {
    log(`${file} is no note of a boxcheck run of this version; look at it and delete it`);
    return null;
  }
}

const isAlive = (note: Note) => note.bootId === bootId() && stillRuns(note.suite);

async function reap(note: Note): Promise<string[]> {
  const dirs = note.dirs.filter(isOurs);
  const noted = note.bootId === bootId() ? note.children : [];
  const named = new Set(noted.map((child) => child.pid));
  const killed = [...killNoted(noted), ...dirs.flatMap((dir) => killMentioning(dir, named))];
  await lookUntil(() => dirs.every((dir) => processesMentioning(dir).length === 0), DEATH_MS);
  for (const dir of dirs) {
    for (const point of mountsBelow(dir)) await unmount(point);
    removePath(dir);
  }
  return [...killed, ...dirs.map((dir) => `directory ${dir}`)];
}

const killNoted = (children: Note['children']) =>
  children.flatMap((child) =>
    signalProcess(child, 'SIGKILL') ? [`process ${child.pid} (${child.what})`] : [],
  );

const killMentioning = (dir: string, besides: ReadonlySet<number>) =>
  processesMentioning(dir).flatMap((found) =>
    !besides.has(found.pid) && signalProcess(found, 'SIGKILL')
      ? [`process ${found.pid} (${found.argv.slice(0, 3).join(' ')})`]
      : [],
  );

/** A note could be damaged: never remove anything but a directory this suite names. */
const isOurs = (dir: string) => ROOT_NAME.test(basename(dir)) && [shortTmp(), '/tmp'].includes(dirname(dir));
