import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetOptions } from '../ports/options.ts';

/**
 * Says where every suite keeps a note of what it has started: `<cache dir>/runs` when one is given, else
 * `$XDG_STATE_HOME/boxcheck/runs`, else below `~/.local/state`.
 */
export function runsDir(
  options: Pick<TargetOptions, 'cacheDir'>,
  env: Record<string, string | undefined> = process.env,
): string {
  if (options.cacheDir !== undefined) return join(options.cacheDir, 'runs');
  const state = env.XDG_STATE_HOME;
  return join(state?.startsWith('/') ? state : join(homedir(), '.local', 'state'), 'boxcheck', 'runs');
}

/** Shape of a run's directory name; the reaper removes nothing else. */
export const ROOT_NAME = /^bc[0-9a-z]{6}$/;

/** A path beyond this leaves too little of the 108 bytes a unix socket's address may have (contract 1.2). */
const LONGEST_TMP = 24;

/** The directory short homes are made in: the system's for temporary files, unless its path is long. */
export const shortTmp = (): string => (tmpdir().length <= LONGEST_TMP ? tmpdir() : '/tmp');

/** Gives a new name for a run's directory, not yet made. */
export function newRoot(): string {
  const name = Array.from({ length: 6 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
  return join(shortTmp(), `bc${name}`);
}
