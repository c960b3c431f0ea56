import { errorText } from '../bin/cli/errors.ts';
import { makePerformer, type Performer } from './perform.ts';
import type { FromWorker, ToWorker } from './work.ts';

/*
 * A worker process of the scoreboard: does the tasks it is sent. It ends with the process that started it, and
 * leaves Ctrl-C, which reaches the whole group, to that process.
 */
const abort = new AbortController();
const stop = () => abort.abort(new Error('the scoreboard was stopped'));
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);

const tell = (message: FromWorker): void => {
  if (process.connected) process.send?.(message);
};

let performer: Performer | null = null;
/** What is being done; one at a time. */
let doing: Promise<void> = Promise.resolve();

async function obey(message: ToWorker): Promise<void> {
  if (message.say === 'settings')
    performer = makePerformer(message.settings, (line) => tell({ say: 'log', line }));
  if (message.say !== 'task' || !performer) return;
  try {
    tell({ say: 'answer', answer: await performer.perform(message.task, abort.signal) });
  } catch (error) {
    tell({ say: 'broke', why: errorText(error, true) });
  }
}

async function end(): Promise<void> {
  stop();
  await doing;
  await performer?.close();
  process.exit(0);
}

process.on('message', (message: ToWorker) => {
  if (message.say === 'stop') void end();
  else doing = doing.then(() => obey(message));
});
process.once('disconnect', () => void end());
