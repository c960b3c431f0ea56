import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** The daemon of a home, by what its command line says. */
export function daemonPid(home: string): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (args.includes(home) && args.some((arg) => arg.endsWith('daemon.ts'))) return Number(pid);
    } catch {
      // It ended while we looked.
    }
  }
  return null;
}

/** Ends the daemon of a home and every VM it has; nothing happens where none runs. */
export async function endDaemon(home: string): Promise<void> {
  for (let pid = daemonPid(home); pid !== null; pid = daemonPid(home)) {
    process.kill(pid, 'SIGTERM');
    await pause(5);
  }
}
