import { Fault, messageOf } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import { defectsFromEnvironment } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { own } from './own.ts';
import { type Parsed, parse, UsageError } from './parse.ts';

type Verb = (parsed: Parsed) => Promise<number>;

/** The verbs; a process loads the code of no more than it runs. */
const verbs: Record<string, () => Promise<Verb>> = {
  run: async () => (await import('./verbs/make.ts')).run,
  create: async () => (await import('./verbs/make.ts')).create,
  exec: async () => (await import('./verbs/exec.ts')).exec,
  list: async () => (await import('./verbs/look.ts')).list,
  inspect: async () => (await import('./verbs/look.ts')).inspect,
  stats: async () => (await import('./verbs/tell.ts')).stats,
  info: async () => (await import('./verbs/tell.ts')).info,
  logs: async () => (await import('./verbs/tell.ts')).logs,
  rm: async () => (await import('./verbs/targets.ts')).rm,
  start: async () => (await import('./verbs/targets.ts')).power,
  stop: async () => (await import('./verbs/targets.ts')).power,
  restart: async () => (await import('./verbs/targets.ts')).power,
  cp: async () => (await import('./verbs/cp.ts')).cp,
  network: async () => (await import('./verbs/network.ts')).network,
  serve: async () => (await import('./verbs/serve.ts')).serve,
};

/**
 * The whole command line program.
 * @returns the exit code of contract 1.1.
 */
export async function main(args: readonly string[]): Promise<number> {
  tolerateClosedOutput();
  const code = await defectsFromEnvironment().then(() => answer(args), failed);
  await flushed();
  return code;
}

/** A call without what a process of its own needs before and after it. */
export async function answer(args: readonly string[]): Promise<number> {
  try {
    if (args[0] === '--version') {
      own().stdout.write(`boxlite ${profile.name}\n`);
      return 0;
    }
    const parsed = parse(args);
    const load = parsed.verb === 'network' && !profile.policies ? undefined : verbs[parsed.verb];
    if (!load) throw new UsageError(`unrecognized subcommand '${parsed.verb}'`);
    const verb = await load();
    return await verb(parsed);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  if (error instanceof UsageError) {
    own().stderr.write(`error: ${error.message}\n\nUsage: boxlite [OPTIONS] <COMMAND>\n`);
    return defect('usage-error-exits-1') ? 1 : 2;
  }
  const text = error instanceof Fault ? error.message : `internal error: ${messageOf(error)}`;
  own().stderr.write(`Error: ${text}\n`);
  return defect('exit-zero-on-failure') ? 0 : 1;
}

/** A reader that went away is no failure of the verb. */
const ignore = () => {};

/** Resolves when everything written so far has left this process: an exit would cut a full pipe off. */
async function flushed(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(empty));
}

const empty = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) return resolve();
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });

/** Keeps a closed stdout or stderr from ending the process with a stack. */
function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.off('error', ignore).on('error', ignore);
}
