import { Fault, messageOf } from '../core/fault.ts';
import { profile } from '../core/profile.ts';
import { defectsFromEnvironment } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { flushed, tolerateClosedOutput } from './flush.ts';
import { own } from './own.ts';
import { type Parsed, parse } from './parse.ts';
import { UsageError } from './usage.ts';

/** Each verb is a module of its own, so that a process loads no more than it runs. */
const verbs: Record<string, () => Promise<{ verb: (parsed: Parsed) => Promise<number> }>> = {
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
  try {
    await prepare?.();
    if (args[0] === '--version') {
      own().stdout.write(`boxlite ${profile.name}\n`);
      return 0;
    }
    const parsed = parse(args);
    const load = verbs[parsed.verb];
    if (!load) throw new UsageError(`unrecognized subcommand '${parsed.verb}'`);
    return await (await load()).verb(parsed);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  if (error instanceof UsageError) {
    own().stderr.write(`error: ${error.message}\n\nUsage: boxlite [OPTIONS] <COMMAND>\n`);
    return 2;
  }
  const text = error instanceof Fault ? error.message : `internal error: ${messageOf(error)}`;
  own().stderr.write(`Error: ${text}\n`);
  return defect('exit-zero-on-failure') ? 0 : 1;
}
