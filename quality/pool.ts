import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, FromWorker, Task, ToWorker, WorkerSettings } from './work.ts';

/** Worker processes that share a list of tasks. */
export interface Pool {
  /**
   * Does all tasks, each on the next free worker.
   * @throws when a worker breaks; the others are stopped then
   */
  all(tasks: readonly Task[], onAnswer: (answer: Answer) => Promise<void>): Promise<void>;
  /** Ends the workers and everything they started. */
  close(): Promise<void>;
}

const workerFile = fileURLToPath(new URL('worker.ts', import.meta.url));
/** A worker that is told to stop ends its program and closes its runtimes first. */
const STOP_MS = 60_000;

/** Starts worker processes: trials mostly wait, and what waits in one process does not hold up another. */
export function openPool(jobs: number, settings: WorkerSettings, log: (line: string) => void): Pool {
  const workers = Array.from({ length: jobs }, () => startWorker(settings, log));
  return {
    async all(tasks, onAnswer) {
      const left = [...tasks];
      const lane = async (worker: Worker): Promise<void> => {
        for (let task = left.shift(); task; task = left.shift()) await onAnswer(await worker.perform(task));
      };
      await Promise.all(workers.map(lane));
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

interface Worker {
  perform(task: Task): Promise<Answer>;
  close(): Promise<void>;
}

function startWorker(settings: WorkerSettings, log: (line: string) => void): Worker {
  const child = fork(workerFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', (message: FromWorker) => {
    if (message.say === 'log') log(message.line);
  });
  const say = (message: ToWorker): void => {
    // One that has just gone says so by its end, not by an error of this.
    if (child.connected) child.send(message, () => {});
  };
  say({ say: 'settings', settings });
  return {
    perform: (task) => answerTo(child, () => say({ say: 'task', task })),
    async close() {
      say({ say: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function answerTo(child: ChildProcess, ask: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      act();
    };
    const onMessage = (message: FromWorker): void => {
      if (message.say === 'answer') settle(() => resolve(message.answer));
      if (message.say === 'broke') settle(() => reject(new Error(`quality/worker.ts: ${message.why}`)));
    };
    const onExit = (code: number | null, signal: string | null): void =>
      settle(() =>
        reject(new Error(`quality/worker.ts ended with ${signal ?? code} in the middle of a task`)),
      );
    if (!child.connected) return onExit(child.exitCode, child.signalCode);
    child.on('message', onMessage);
    child.once('exit', onExit);
    ask();
  });
}
