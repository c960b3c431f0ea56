import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const home = process.argv[2];
if (!home) {
  process.stderr.write('usage: daemon.ts HOME (it is started by the client, not by hand)\n');
  process.exit(2);
}

const { runDaemon } = await import('./run-daemon.ts');

process.on('uncaughtException', (error) => {
  try {
    if (statSync(home).isDirectory())
      appendFileSync(join(home, 'vm-daemon.log'), `${new Date().toISOString()} ${error.stack}\n`);
  } catch {
    // Without a home there is nobody to tell.
  }
  process.exit(1);
});

const running = await runDaemon(home, process.env);
// The starter waits for one line on stdout; after that nobody reads it.
process.stdout.write(running ? 'ready\n' : 'taken\n', () => process.stdout.destroy());
