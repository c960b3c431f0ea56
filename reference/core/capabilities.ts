import { defect } from '../defects/switch.ts';
import { invalidArgument } from './fault.ts';

/** Linux capabilities in the order of their bits. */
const names = `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
  NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE
  SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL
  SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`.split(
  /\s+/,
);

/** What a container has of whom nothing else was asked for, as Docker gives it. */
const baseline =
  `CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD
  AUDIT_WRITE SETFCAP`.split(/\s+/);

/** What was asked for of capabilities. */
export interface Capabilities {
  add: string[];
  drop: string[];
}

const bare = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');

/** @throws Fault invalid-argument for a text that is no name. */
export function checkCapabilities({ add, drop }: Capabilities): void {
  const wrong = [...add, ...drop].find((name) => bare(name) !== 'ALL' && !/^[A-Z_]+$/.test(bare(name)));
  if (wrong !== undefined && !defect('capability-unchecked'))
    throw invalidArgument(`malformed Linux capability '${wrong}'`);
}

/** The effective set of a root process, as /proc/PID/status writes it: a name counts more than ALL. */
export function effective({ add, drop }: Capabilities): string {
  const [added, dropped] = [
    defect('capability-not-added') ? [] : add.map(bare),
    defect('capability-not-dropped') ? [] : drop.map(bare),
  ];
  const kept = dropped.includes('ALL') ? [] : added.includes('ALL') ? names : baseline;
  const has = new Set([...kept, ...added]);
  for (const name of dropped) has.delete(name);
  const bits = names.reduce((sum, name, bit) => (has.has(name) ? sum | (1n << BigInt(bit)) : sum), 0n);
  return bits.toString(16).padStart(16, '0');
}
