import { readdirSync, readlinkSync } from 'node:fs';
import { slurp } from './process.ts';

/** A ListeningPort is a TCP port a process listens on. */
export interface ListeningPort {
  pid: number;
  /** `127.0.0.1:8100`, or `[…]:8100` for IPv6 with the raw hexadecimal address. */
  address: string;
  port: number;
}

const LISTEN = '0A';

/**
 * A Listening says where a socket listens; null for one that never will: a connected one, or one of another
 * family.
 */
type Listening = Pick<ListeningPort, 'address' | 'port'> | null;

/**
 * What sockets of earlier looks are, by inode. The kernel's tables have every connection of the machine in them,
 * those that ended a minute ago too: reading them for every look took a quarter of the harness's own time.
 */
let known: ReadonlyMap<string, Listening> = new Map();

/** Gives the listening TCP ports of the given processes, as far as this user may look. */
export function listeningPorts(pids: Iterable<number>): ListeningPort[] {
  const sockets = [...pids].flatMap((pid) => socketInodes(pid).map((inode) => ({ pid, inode })));
  const now = sockets.every(({ inode }) => known.has(inode)) ? known : tables();
  known = new Map(sockets.flatMap(({ inode }) => (now.has(inode) ? [[inode, now.get(inode) ?? null]] : [])));
  return sockets.flatMap(({ pid, inode }) => {
    const found = known.get(inode);
    return found ? [{ pid, ...found }] : [];
  });
}

/** Every socket that has a place in a table; one that is neither bound nor connected yet has none. */
function tables(): Map<string, Listening> {
  const sockets = new Map<string, Listening>();
  for (const fields of rowsOf('unix')) sockets.set(fields[6] ?? '', null);
  for (const name of ['tcp', 'tcp6'] as const) {
    for (const [, local = '', , state, , , , , , inode = ''] of rowsOf(name))
      sockets.set(inode, state === LISTEN ? listener(name, local) : null);
  }
  return sockets;
}

const rowsOf = (name: string): string[][] => {
  const lines = slurp(`/proc/net/${name}`).trimEnd().split('\n').slice(1);
  return lines.map((line) => line.trim().split(/\s+/));
};

function listener(name: 'tcp' | 'tcp6', local: string): Listening {
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
