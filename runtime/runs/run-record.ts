import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile, toJson } from '../../files/write.ts';
import { readProcess } from '../../machine/process.ts';
import { bootId, type Note } from './note.ts';
import { newRoot } from './place.ts';

/** A RunRecord is the note of one running target, kept current on disk. */
export interface RunRecord {
  /** Notes a directory, then makes it: short, fresh, removed by the reaper if this suite is killed. */
  makeRoot(): string;
  /** Notes a child, so that it can be found and verified later. */
  addProcess(pid: number, what: string): void;
  /** Everything noted is gone: removes the note. */
  close(): void;
}

/**
 * Opens a note in `dir` (see {@link runsDir}).
 * @throws when the directory cannot be made or written; the message names it.
 */
export function openRun(dir: string, target: string): RunRecord {
  const note = emptyNote(target);
  const unique = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  const file = join(dir, `${unique}.json`);
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
      const root = newRoot();
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
    close: () => rmSync(file, { force: true }),
  };
}

function emptyNote(target: string): Note {
  const startTicks = readProcess(process.pid)?.startTicks ?? 0;
  const suite = { pid: process.pid, startTicks, what: 'boxcheck' };
  const startedAt = new Date().toISOString();
  return { format: 1, bootId: bootId(), target, startedAt, suite, children: [], dirs: [] };
}
