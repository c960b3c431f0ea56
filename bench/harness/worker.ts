import { errorText } from '../../bin/cli/errors.ts';
import type { FromWorker, OpenPerformer, Performer } from './performer.ts';

/*
 * A worker process: makes the trials it is sent, with the performer of the module it is started with. It ends when
 * the process that started it lets go of it, and leaves Ctrl-C, which reaches the whole group, to that process.
 */
const abort = new AbortController();
const stop = () => abort.abort(new Error('the measurement was stopped'));
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', stop);

let performer: Performer | null = null;
/** What is being done; one at a time. */
let doing: Promise<void> = Promise.resolve();

process.once('disconnect', async () => {
  stop();
  await doing;
  await performer?.close();
  process.exit(0);
});

const [, , module = '', settings = 'null'] = process.argv;
const { openPerformer } = (await import(module)) as { openPerformer: OpenPerformer };
performer = openPerformer(JSON.parse(settings));

async function answerTo({ perform }: Performer, trial: unknown): Promise<FromWorker> {
  try {
    return { result: await perform(trial, abort.signal) };
  } catch (error) {
    return { broke: errorText(error, true) };
  }
}

process.on('message', (trial) => {
  doing = doing.then(async () => {
    const answer = await answerTo(performer as Performer, trial);
    // Who has just let go of the worker wants no answer.
    if (process.connected) process.send?.(answer, () => {});
  });
});
