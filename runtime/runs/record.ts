import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Log } from '../../domain/log.ts';
import { readJsonSync } from '../../files/json.ts';
import { removePath, replaceFile, toJson } from '../../files/write.ts';
import { mountsBelow, unmount } from '../../machine/mounts.ts';
import { processesMentioning, readProcess, signalProcess, stillRuns } from '../../machine/process.ts';
import { entriesOf } from '../../machine/tree.ts';
import { lookUntil } from '../../machine/until.ts';
import type { TargetOptions } from '../ports/target.ts';

const processSchema = z.strictObject({
  pid: z.int().positive(),
  startTicks: z.int().min(0),
  what: z.string(),
});

/** What one suite process has on this machine. Written before anything is started. */
const noteSchema = z.strictObject({
  format: z.literal(1),
  /** Pids and start times mean nothing after a reboot. */
  bootId: z.string(),
  target: z.string(),
  startedAt: z.string(),
  suite: processSchema,
  children: z.array(processSchema),
  /** Directories to remove; every process of the runtime mentions one of them. */
  dirs: z.array(z.string()),
  /** Ids of boxes that it made on somebody else's runtime and that may be there still, by where that is. */
  boxes: z.record(z.string(), z.array(z.string())).optional(),
});

export type Note = z.infer<typeof noteSchema>;

/** Gives the id of this boot of the machine. */
export const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/**
 * Says where every suite keeps a note of what it has started: `<cache dir>/runs` when one is given, else
 * `$XDG_STATE_HOME/boxcheck/runs`, else below `~/.local/state`.
 */
export function runsDir({ cacheDir }: Pick<TargetOptions, 'cacheDir'>): string {
  if (cacheDir !== undefined) return join(cacheDir, 'runs');
  const state = process.env.XDG_STATE_HOME;
  return join(state?.startsWith('/') ? state : join(homedir(), '.local', 'state'), 'boxcheck', 'runs');
}

/** Shape of a run's directory name; the reaper removes nothing else. */
const ROOT_NAME = /^bc[0-9a-z]{6}$/;

/** A path beyond this leaves too little of the 108 bytes a unix socket's address may have (contract 1.2). */
const LONGEST_TMP = 24;

/** The directory short homes are made in: the system's for temporary files, unless its path is long. */
export const shortTmp = (): string => (tmpdir().length <= LONGEST_TMP ? tmpdir() : '/tmp');

const randomName = (): string =>
  Array.from({ length: 6 }, () => Math.floor(Math.random() * 36).toString(36)).join('');

/** A RunRecord is the note of one running target, kept current on disk. */
export interface RunRecord {
  /** Notes a directory, then makes it: short, fresh, removed by the reaper if this suite is killed. */
  makeRoot(): string;
  /** Notes a child, so that it can be found and verified later. */
  addProcess(pid: number, what: string): void;
  /** Notes which of the boxes it made are there now; the next run at this place removes them if this one is killed. */
  keepBoxes(place: string, ids: Iterable<string>): void;
  /** Everything noted is gone: removes the note. */
  close(): void;
}

/**
 * Opens a note in `dir` (see {@link runsDir}).
 * @throws when the directory cannot be made or written; the message names it.
 */
export function openRun(dir: string, target: string): RunRecord {
  const startTicks = readProcess(process.pid)?.startTicks ?? 0;
  const suite = { pid: process.pid, startTicks, what: 'boxcheck' };
  const startedAt = new Date().toISOString();
  const note: Note = { format: 1, bootId: bootId(), target, startedAt, suite, children: [], dirs: [] };
  const file = join(dir, `${process.pid}-${randomName()}.json`);
  const save = () => replaceFile(file, toJson(note));
  try {
    mkdirSync(dir, { recursive: true });
    save();
  } catch (error) {
    const hint = 'set XDG_STATE_HOME, or the cache directory, to a place this user may write to';
    throw new Error(`cannot keep notes of runs in ${dir}: ${hint}`, { cause: error });
  }
  return {
    makeRoot: () => {
      const root = join(shortTmp(), `bc${randomName()}`);
      note.dirs.push(root);
      save();
      mkdirSync(root, { mode: 0o755 });
      return root;
    },
    addProcess: (pid, what) => {
      const startTicks = readProcess(pid)?.startTicks;
      if (startTicks === undefined) return;
      note.children.push({ pid, startTicks, what });
      save();
    },
    keepBoxes: (place, ids) => {
      const boxes = { ...note.boxes, [place]: [...ids] };
      if (isDeepStrictEqual(boxes, note.boxes)) return;
      note.boxes = boxes;
      save();
    },
    close: () => rmSync(file, { force: true }),
  };
}

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
