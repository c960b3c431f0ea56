import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { boxDir, recordFile } from '../../home/layout.ts';
import { anyDefect, defect } from '../switch.ts';

/** What a boot leaves behind. */
export function leakAtBoot(home: string, id: string): void {
  if (!anyDefect()) return;
  if (defect('helper-process-left')) helper(home, id, 'exec sleep 60');
  if (defect('port-left-open')) createServer().listen(0, '127.0.0.1').unref();
}

/** Whether a removal leaves the directory of a box, or a socket beside it. */
export function leakAtRemoval(home: string, id: string): boolean {
  if (!anyDefect()) return false;
  if (defect('rm-leaves-socket')) leaveSocket(join(home, 'sockets'), id);
  if (defect('removed-box-returns')) return true;
  if (defect('removal-late')) {
    rmSync(recordFile(home, id), { force: true });
    helper(home, id, 'sleep 10; rm -rf "$0"');
    return true;
  }
  if (!defect('rm-leaves-directory')) return false;
  rmSync(recordFile(home, id), { force: true });
  return true;
}

/** A socket nobody listens on. A server that closes removes what it made; what was given another name stays. */
function leaveSocket(dir: string, id: string): void {
  mkdirSync(dir, { recursive: true });
  const server = createServer().listen(join(dir, id));
  renameSync(join(dir, id), join(dir, `${id}.sock`));
  server.close();
}

/** A process that outlives this one; it ends by itself, and can be told by its name and home. */
function helper(home: string, id: string, script: string): void {
  const env = { PATH: process.env.PATH, BOXLITE_HOME: home };
  const options = { argv0: `boxlite-helper-${id}`, detached: true, stdio: 'ignore', env } as const;
  spawn('sh', ['-c', script, boxDir(home, id)], options).unref();
}
