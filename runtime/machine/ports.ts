import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A TCP port a process listens on. */
export interface ListeningPort {
  pid: number;
  /** `127.0.0.1:8100`, or `[…]:8100` for IPv6 with the raw hexadecimal address. */
  address: string;
  port: number;
}

const LISTEN = '0A';

/** Listening TCP ports of the given processes, as far as this user may look. */
export function listeningPorts(pids: Iterable<number>): ListeningPort[] {
  const byInode = new Map([...tableOf('tcp'), ...tableOf('tcp6')]);
  return [...pids].flatMap((pid) =>
    socketInodes(pid).flatMap((inode) => {
      const found = byInode.get(inode);
      return found ? [{ pid, ...found }] : [];
    }),
  );
}

function tableOf(name: 'tcp' | 'tcp6'): [string, { address: string; port: number }][] {
  const lines = readLines(`/proc/net/${name}`).slice(1);
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state !== LISTEN || inode === undefined) return [];
    const [host = '', hexPort = ''] = local.split(':');
    const port = Number.parseInt(hexPort, 16);
    const shown = name === 'tcp' ? dotted(host) : `[${host}]`;
    return [[inode, { address: `${shown}:${port}`, port }] as [string, { address: string; port: number }]];
  });
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

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').trimEnd().split('\n');
  } catch {
    return [];
  }
}
