import { errorText } from '../../bin/cli/errors.ts';
import { log } from './command.ts';
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

/** One that takes so long is told of, with what its process waits for: one that hangs ends when the whole run does. */
const LONG_MS = 5 * 60_000;

function watched(trial: unknown): NodeJS.Timeout {
  const begunMs = performance.now();
  return setInterval(() => {
    const minutes = Math.round((performance.now() - begunMs) / 60_000);
    const waitsFor = process.getActiveResourcesInfo().join(', ');
    log(`at ${JSON.stringify(trial).slice(0, 200)} for ${minutes} min, which waits for ${waitsFor}`);
  }, LONG_MS);
}

async function answerTo({ perform }: Performer, trial: unknown): Promise<FromWorker> {
  const watch = watched(trial);
  try {
    return { result: await perform(trial, abort.signal) };
  } catch (error) {
    return { broke: errorText(error, true) };
  } finally {
    clearInterval(watch);
  }
}

process.on('message', (trial) => {
  doing = doing.then(async () => {
    const answer = await answerTo(performer as Performer, trial);
    // Who has just let go of the worker wants no answer.
    if (process.connected) process.send?.(answer, () => {});
  });
});
