import { errorText } from '../../bin/cli/errors.ts';
import type { FromWorker, OpenPerformer, Performer, ToWorker } from './performer.ts';

/*
 * A worker process: makes the trials it is sent, with the performer of the module it is started with. It ends with
 * the process that started it, and leaves Ctrl-C, which reaches the whole group, to that process.
 */
const abort = new AbortController();
const stop = () => abort.abort(new Error('the measurement was stopped'));
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', stop);

const send = (message: FromWorker): void => {
  if (process.connected) process.send?.(message);
};

const { openPerformer } = (await import(process.argv[2] ?? '')) as { openPerformer: OpenPerformer };
let performer: Performer | null = null;
/** What is being done; one at a time. */
let doing: Promise<void> = Promise.resolve();

async function obey(message: ToWorker): Promise<void> {
  if (message.say === 'settings')
    performer = openPerformer(message.settings, (line) => send({ say: 'log', line }));
  if (message.say !== 'trial' || !performer) return;
  try {
    send({ say: 'result', result: await performer.perform(message.trial, abort.signal) });
  } catch (error) {
    send({ say: 'broke', why: errorText(error, true) });
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
