import { readFileSync } from 'node:fs';
import { textOf } from '../domain/any-text.ts';
import { LISTENER_PORT } from '../domain/network.ts';
import type { Work } from '../domain/work.ts';
import type { Argv } from './calls.ts';

/** Name of the variable that `env` shows; the script reads it. */
const ENV_NAME = 'BOXCHECK_VALUE';

/** The script that plays every workload: text for `sh -c`, the same for all of them. */
export const workScript: string = readFileSync(
  new URL('../domain/work.sh', import.meta.url),
  'utf8',
).trimEnd();

/** Builds the command line of a workload, for any box that has a POSIX shell. */
export const argvOf = (work: Work, port = LISTENER_PORT): string[] =>
  unstartable(work) ?? played([work.do, ...valuesOf(work, port)]);

/**
 * Builds the main command of a job box. It leaves a mark on the disk at every run, so that runs are counted by
 * what the command did, not by the status word (contract 3.1).
 */
export const mainArgv = (work: Work, port = LISTENER_PORT): string[] =>
  unstartable(work) ?? played(['main', work.do, ...valuesOf(work, port)]);

/** Gives the environment a workload needs. */
export const envOf = (work: Work): Record<string, string> =>
  work.do === 'env' ? { [ENV_NAME]: work.value } : {};

const played = (words: string[]): string[] => ['sh', '-c', workScript, 'work', ...words];

/** What cannot be started has to be named itself: a shell in front of it could be. */
function unstartable(work: Work): string[] | null {
  if (work.do === 'missing') return ['/no/such/binary'];
  return work.do === 'directory' ? ['/etc'] : null;
}

/** The values of a workload in the script's order. They go in as arguments, so nothing needs quoting. */
function valuesOf(work: Work, port: number): string[] {
  switch (work.do) {
    case 'print':
      return [work.out, work.err, `${work.code}`];
    case 'die':
      return [`${work.signal}`];
    case 'flood':
      return [`${work.bytes}`, `${work.code}`, work.pattern ?? 'lines', work.to ?? 'out'];
    case 'hold':
      return [work.out, `${work.onTerm ?? 'none'}`, work.forks ? 'forks' : 'alone'];
    case 'fork':
      return [work.out, work.after, `${work.code}`];
    case 'daemon':
      return [`${work.code}`];
    case 'gate':
      return [work.gate, work.out, work.after, `${work.code}`];
    case 'terminal':
      return [work, ...(work.resized ? [work.resized] : [])].flatMap(({ rows, cols }) => [
        `${rows}`,
        `${cols}`,
      ]);
    case 'serve':
      return [`${work.port}`];
    case 'open':
      return [work.gate];
    case 'write':
      return typeof work.data === 'string'
        ? [work.path, work.data]
        : [work.path, `${work.data.size}`, work.data.pattern];
    case 'read':
    case 'mode':
      return [work.path];
    case 'reach':
      return [work.to, work.by, work.token, `${port}`];
    case 'args':
      return work.args.map(textOf);
    default:
      return [];
  }
}

/** Whether a piece of a call stands for the process of a workload. */
export const isArgv = (piece: unknown): piece is Argv =>
  typeof piece === 'object' && piece !== null && '$' in piece && piece.$ === 'argv';

/** The words of the process, or of the part of it that is asked for; a listener answers at `port`. */
export function argvWords({ work, main, part }: Argv, port?: number): string[] {
  const words = main ? mainArgv(work, port) : argvOf(work, port);
  if (part === undefined) return words;
  return part === 'head' ? words.slice(0, 1) : words.slice(1);
}

/** The process in a JSON body: all its words, or the part that a field is about. */
export function argvJson(argv: Argv, port?: number): string | string[] {
  const words = argvWords(argv, port);
  return argv.part === 'head' ? (words[0] ?? '') : words;
}

/** The kind of a workload: a file is another one at each path, a code in each range (contract 1.1). */
export function workDetail(work: Work): string {
  if (work.do === 'write') return `write ${work.path}`;
  if (work.do === 'reach') return `reach ${work.to} ${work.by}`;
  if (work.do !== 'print') return work.do;
  return `print ${work.code === 0 ? 'zero' : work.code < 128 ? 'small' : 'large'}`;
}
