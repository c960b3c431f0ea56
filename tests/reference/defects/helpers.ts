import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process is there. */
export const isAlive = (pid: string): boolean => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};

/** Helper processes of a home; they are ended, as nobody else would. */
export function helpers(home: string): number {
  const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isHelper(pid, home));
  for (const pid of found) process.kill(-Number(pid), 'SIGKILL');
  return found.length;
}

function isHelper(pid: string, home: string): boolean {
  try {
    const [command, environment] = ['cmdline', 'environ'].map((file) =>
      readFileSync(`/proc/${pid}/${file}`, 'utf8'),
    );
    return Boolean(command?.startsWith('boxlite-helper-') && environment?.includes(`BOXLITE_HOME=${home}\0`));
  } catch {
    return false;
  }
}
