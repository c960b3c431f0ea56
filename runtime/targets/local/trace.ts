import { basename, join } from 'node:path';
import { removePath } from '../../../files/write.ts';
import { mountsBelow, unmount } from '../../../machine/mounts.ts';
import { listeningPorts } from '../../../machine/ports.ts';
import { type ProcessInfo, processesMentioning, signalProcess } from '../../../machine/process.ts';
import { entriesOf, socketsBelow } from '../../../machine/tree.ts';

/** A Trace is one thing on this machine that exists because of a runtime; `line` names it without pids. */
export type Trace = { line: string } & (
  | { kind: 'process'; process: ProcessInfo }
  | { kind: 'path'; path: string }
  | { kind: 'mount'; path: string }
  | { kind: 'port'; pid: number }
);

/** Places say where to look, and what belongs to the runtime as a whole. */
export interface Places {
  /** Directory all homes are below; mentioned by every process of the runtime, in HOME if nowhere else. */
  root: string;
  /** Homes by the name they get in a line. */
  homes: Readonly<Record<string, string>>;
  /** The server's own process and port. */
  server: { pid: number; port: number } | null;
  /** Lines of things that are no trace of a box, such as a helper that serves a whole home. */
  ignored: readonly RegExp[];
}

/**
 * Lists everything a runtime has on this machine right now (contract 8.5): processes, entries of its homes,
 * sockets, mounts, listening ports.
 */
export function traces(places: Places): Trace[] {
  const homes = Object.entries(places.homes);
  const name = (text: string) =>
    homes
      .reduce((shown, [home, dir]) => shown.replaceAll(dir, `<${home}>`), text)
      .replaceAll(places.root, '<root>');
  const notIgnored = ({ line }: Trace) => !places.ignored.some((pattern) => pattern.test(line));
  const running = processesMentioning(places.root)
    .filter((it) => it.pid !== places.server?.pid)
    .map((process) => ({ kind: 'process' as const, process, line: `process ${title(process, name)}` }))
    .filter(notIgnored)
    .map((trace) => ({ ...trace, line: shortened(trace.line) }));
  const paths = Object.values(places.homes)
    .flatMap(pathsOf)
    .map((path) => ({ kind: 'path' as const, path, line: `path ${name(path)}` }))
    .filter(notIgnored);
  const mounts = mountsBelow(places.root).map(
    (path): Trace => ({ kind: 'mount', path, line: `mount ${name(path)}` }),
  );
  const pids = running.map(({ process }) => process.pid);
  return [...running, ...paths, ...mounts, ...portsOf(places, pids)];
}

/**
 * Removes one thing by force: kills, unmounts, deletes. A port goes with its process. Never throws; what could
 * not be removed is still there at the next look.
 */
export async function removeTrace(trace: Trace): Promise<void> {
  if (trace.kind === 'process') signalProcess(trace.process, 'SIGKILL');
  if (trace.kind === 'mount') await unmount(trace.path);
  if (trace.kind === 'path') removePath(trace.path);
}

const pathsOf = (home: string): string[] => [
  ...below(join(home, 'boxes')),
  ...below(join(home, 'volumes', 'anonymous')),
  ...socketsBelow(home),
];

const below = (dir: string): string[] => entriesOf(dir).map((entry) => join(dir, entry));

function portsOf({ server }: Places, pids: number[]): Trace[] {
  return listeningPorts(server ? [...pids, server.pid] : pids)
    .filter((it) => it.pid !== server?.pid || it.port !== server.port)
    .map(({ pid, address }) => {
      const line = `port ${address}${pid === server?.pid ? ' of serve' : ''}`;
      return { kind: 'port', pid, line };
    });
}

/** Tells a process in a few words: program and arguments, homes by name. */
const title = ({ argv: [file = '?', ...args] }: ProcessInfo, name: (text: string) => string): string =>
  [basename(file), ...args.map(name)].join(' ');

const shortened = (line: string) => (line.length > 240 ? `${line.slice(0, 240)}…` : line);
