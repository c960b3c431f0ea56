import { Fault, messageOf } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import { defectsFromEnvironment } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { flushed, tolerateClosedOutput } from './flush.ts';
import { own } from './own.ts';
import { type Parsed, parse } from './parse.ts';
import { UsageError, usageOf } from './usage.ts';
import type { Verb } from './verb.ts';

/** Each verb is a module of its own, so that a process loads no more than it runs. */
const verbs: Record<string, () => Promise<{ verb: Verb }>> = {
  run: () => import('./verbs/run.ts'),
  create: () => import('./verbs/create.ts'),
  exec: () => import('./verbs/exec.ts'),
  list: () => import('./verbs/list.ts'),
  rm: () => import('./verbs/rm.ts'),
  start: () => import('./verbs/power.ts'),
  stop: () => import('./verbs/power.ts'),
  restart: () => import('./verbs/power.ts'),
  inspect: () => import('./verbs/inspect.ts'),
  cp: () => import('./verbs/cp.ts'),
  logs: () => import('./verbs/logs.ts'),
  stats: () => import('./verbs/stats.ts'),
  serve: () => import('./verbs/serve.ts'),
};

/**
 * The whole command line program.
 * @returns the exit code of contract 1.1.
 */
export async function main(args: readonly string[]): Promise<number> {
  tolerateClosedOutput();
  const code = await answer(args, defectsFromEnvironment);
  await flushed();
  return code;
}

/**
 * A call without what a process of its own needs before and after it.
 * @param prepare comes first; what it throws is told like any other failure.
 */
export async function answer(args: readonly string[], prepare?: () => Promise<void>): Promise<number> {
  let parsed: Parsed | undefined;
  try {
    await prepare?.();
    if (args[0] === '--version' || args[0] === '-V') return print(`boxlite ${profile.version}\n`);
    if (args.includes('--help') && !args.includes('--')) return print(`${help()}\n`);
    parsed = parse(args);
    const load = verbs[parsed.verb];
    if (!load) throw new UsageError(`unrecognized subcommand '${parsed.verb}'`);
    return await (await load()).verb(parsed);
  } catch (error) {
    return failed(error, parsed?.verb);
  }
}

function print(text: string): number {
  own().stdout.write(text);
  return 0;
}

const help = () =>
  ['Usage: boxlite [OPTIONS] <COMMAND>', '', ...Object.values(usageOf).map((line) => `  ${line}`)].join('\n');

function failed(error: unknown, verb: string | undefined): number {
  if (error instanceof UsageError && error.exit === 2) {
    const usage = (verb && usageOf[verb]) || 'boxlite [OPTIONS] <COMMAND>';
    own().stderr.write(`error: ${error.message}\n\nUsage: ${usage}\n\nFor more information, try '--help'.\n`);
    return 2;
  }
  const text =
    error instanceof Fault || error instanceof UsageError
      ? error.message
      : `internal error: ${messageOf(error)}`;
  own().stderr.write(`Error: ${text}\n`);
  if (defect('exit-zero-on-failure')) return 0;
  if (own().env.RUST_LOG === 'debug' && error instanceof Error) own().stderr.write(`${error.stack}\n`);
  return 1;
}
