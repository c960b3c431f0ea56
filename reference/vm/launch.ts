import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const startTimeoutMs = 20_000;

/**
 * Starts the daemon of a home, detached from this process, and waits until it serves.
 * @throws Error with what it wrote when it does not come up.
 */
export function launchDaemon(home: string): Promise<void> {
  const daemon = fileURLToPath(new URL('./daemon.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', daemon, home], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    const done = (error?: Error) => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      child.removeAllListeners();
      child.unref();
      if (error) reject(error);
      else resolve();
    };
    const fail = (what: string) =>
      done(new Error(`the VM daemon of ${home} ${what}: ${said.trim() || 'it said nothing'}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready within ${startTimeoutMs / 1000} s`);
    }, startTimeoutMs);
    child.once('error', (error) => done(error));
    child.once('exit', (code) => fail(`ended at once with ${code}`));
    child.stdout.on('data', () => done());
    child.stderr.on('data', (data) => {
      said += String(data).slice(0, 4096);
    });
  });
}
