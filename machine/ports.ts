import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** A ListeningPort is a TCP port a process listens on. */
export interface ListeningPort {
  pid: number;
  /** `127.0.0.1:8100`, or `[…]:8100` for IPv6 with the raw hexadecimal address. */
  address: string;
  port: number;
}

const LISTEN = '0A';
/** What the kernel gives at once, and more than the listening sockets of a machine take. */
const PAGE_BYTES = 4096;

/** Gives the listening TCP ports of the given processes, as far as this user may look. */
export function listeningPorts(pids: Iterable<number>): ListeningPort[] {
  const listening = new Map([...rowsOf('tcp'), ...rowsOf('tcp6')]);
  return [...pids].flatMap((pid) =>
    socketInodes(pid).flatMap((inode) => {
      const found = listening.get(inode);
      return found ? [{ pid, ...found }] : [];
    }),
  );
}

/**
 * Gives where each socket listens that does, by inode. The kernel lists these first, and behind them every connection
 * of the machine, those that ended a minute ago too: what comes after the first of them is not even asked for.
 */
function rowsOf(name: 'tcp' | 'tcp6'): [inode: string, Pick<ListeningPort, 'address' | 'port'>][] {
  const rows: ReturnType<typeof rowsOf> = [];
  for (const line of linesOf(`/proc/net/${name}`)) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state !== LISTEN) break;
    rows.push([inode, listener(name, local)]);
  }
  return rows;
}

/** The lines of a table without its head, read as they are asked for; none where there is no such table. */
function* linesOf(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    const page = Buffer.alloc(PAGE_BYTES);
    let text = '';
    for (let isHead = true; ; ) {
      const read = readSync(file, page);
      text += page.toString('latin1', 0, read);
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      yield* isHead ? lines.slice(1) : lines;
      isHead = isHead && lines.length === 0;
      if (read === 0) return;
    }
  } finally {
    closeSync(file);
  }
}

function listener(name: 'tcp' | 'tcp6', local: string): Pick<ListeningPort, 'address' | 'port'> {
  const [host = '', hexPort = ''] = local.split(':');
  const port = Number.parseInt(hexPort, 16);
  const shown = name === 'tcp' ? dotted(host) : `[${host}]`;
  return { address: `${shown}:${port}`, port };
}

/** The kernel shows an IPv4 address as one number in the machine's byte order: the last byte first. */
const dotted = (hex: string): string =>
  (hex.match(/../g) ?? [])
    .map((byte) => Number.parseInt(byte, 16))
    .reverse()
    .join('.');

function socketInodes(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => inodeOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function inodeOf(link: string): string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.slice(1) ?? [];
  } catch {
    return [];
  }
}
