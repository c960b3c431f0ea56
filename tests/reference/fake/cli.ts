import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { referenceCommand } from '../../../reference/index.ts';
import { endDaemon } from './daemon.ts';
import { scratchHome } from './home.ts';

/** What a call of the executable did. */
export interface Answer {
  code: number | null;
  out: string;
  err: string;
}

/** Status and exit code of the only box that `inspect` shows. */
export function stateIn({ out }: { out: string }): string {
  const [box] = JSON.parse(out) as { State: { Status: string; ExitCode: number } }[];
  return box ? `${box.State.Status} ${box.State.ExitCode}` : 'none';
}

/** A scratch home with the executable to be used on it; `close` ends everything that was started. */
export function commandLine(env: Record<string, string> = {}) {
  const place = scratchHome();
  const started: ChildProcess[] = [];
  const begin = (args: string[], more: Record<string, string> = {}): ChildProcess => {
    const { file, args: first } = referenceCommand();
    const own = { PATH: process.env.PATH ?? '', HOME: place.dir, BOXLITE_HOME: place.home, ...env, ...more };
    const child = spawn(file, [...first, ...args], { env: own, stdio: 'pipe' });
    started.push(child);
    return child;
  };
  const finish = async (child: ChildProcess, stdin = ''): Promise<Answer> => {
    const answer: Answer = { code: null, out: '', err: '' };
    child.stdout?.on('data', (data: Buffer) => {
      answer.out += data.toString('latin1');
    });
    child.stderr?.on('data', (data: Buffer) => {
      answer.err += data.toString('latin1');
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
    const [code] = await once(child, 'close');
    return { ...answer, code };
  };
  const run = (...args: string[]): Promise<Answer> => finish(begin(args));
  return {
    ...place,
    begin,
    finish,
    run,
    /** A server on the home: its process and its URL. */
    serve: async (...args: string[]) => {
      const child = begin(['serve', '--port', '0', ...args]);
      const url = await readyLine(child);
      return { child, url };
    },
    close: async () => {
      for (const child of started)
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await endDaemon(place.home);
      place[Symbol.dispose]();
    },
  };
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stderr?.on('data', (data: Buffer) => {
      seen += data;
      const url = /listening on (\S+)/.exec(seen)?.[1];
      if (url) resolve(url);
    });
    child.once('close', () => reject(new Error(`serve ended: ${seen}`)));
  });
}
