import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename } from 'node:path';

/** The host process that stands for a running VM: killing it is the VM's death. */
export interface VmProcess {
  readonly pid: number;
  /** Ends it; resolves when it is gone from the process table. */
  end(): Promise<void>;
}

const vmProcessName = 'boxlite-vm';

/** Reads until the daemon's end of the pipe goes, so that it cannot outlive the daemon, however that ends. */
const script = 'read _';

/** A multi-call shell picks its program by the name it is started under, so there the name cannot be ours. */
const shellIsMultiCall = (() => {
  try {
    return basename(realpathSync('/bin/sh')).startsWith('busybox');
  } catch {
    return true;
  }
})();

/**
 * Starts it. Box id and home are among its arguments.
 * @param onDeath called once when it ends without having been asked to.
 * @throws Error when the host cannot start a process.
 */
export function startVmProcess(box: string, home: string, onDeath: () => void): Promise<VmProcess> {
  const child = spawn('/bin/sh', ['-c', script, vmProcessName, box, home], {
    argv0: shellIsMultiCall ? 'sh' : vmProcessName,
    cwd: '/',
    env: { BOXLITE_VM: box, BOXLITE_HOME: home },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  let asked = false;
  // A write error on the pipe only tells what `exit` tells too.
  child.stdin.on('error', () => {});
  const gone = Promise.withResolvers<void>();
  child.once('exit', () => {
    if (!asked) onDeath();
    gone.resolve();
  });
  const end = async () => {
    asked = true;
    child.kill('SIGKILL');
    await gone.promise;
  };
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve({ pid: child.pid ?? 0, end }));
    child.once('error', (error) =>
      reject(new Error(`engine reported an error: no process for the VM of box ${box}: ${error.message}`)),
    );
  });
}
