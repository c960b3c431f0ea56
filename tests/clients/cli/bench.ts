import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { localLaunch } from '../../../runtime/drivers/launch.ts';
import { type Served, serveReference } from '../server.ts';
import { realCli, version } from './binary.ts';

/** What a call of the real CLI did. */
export interface Called {
  code: number | null;
  out: string;
  err: string;
}

/** The real CLI, a client of a reference server of its own. */
export interface Bench extends Served {
  /** Calls `boxlite ARGS` with the server's address, or another; `stdin` is the text it can read. */
  boxlite(args: string[], stdin?: string, url?: string): Promise<Called>;
  /** The arguments that say what a box is made from. */
  from: string[];
}

/** A server for the test file and the real CLI, which must be there. */
export function withRealCli(): () => Bench {
  let bench: Bench | undefined;
  beforeAll(async () => {
    bench = await connect();
  });
  afterAll(() => bench?.close());
  return () => {
    if (bench === undefined) throw new Error('used before its server is up');
    return bench;
  };
}

async function connect(): Promise<Bench> {
  const file = realCli();
  if (file === null)
    throw new Error(`no boxlite ${version} on this machine: make it with \`npm run boxcheck -- lab build\``);
  const served = await serveReference(version);
  const home = join(served.dir, 'client');
  const env = {
    HOME: home,
    BOXLITE_HOME: home,
    BOXLITE_API_KEY: served.apiKey,
  };
  const launch = localLaunch({ file, env });
  const boxlite = async (args: string[], stdin?: string, url = served.url): Promise<Called> => {
    const options = { timeoutMs: 30_000, env: { BOXLITE_REST_URL: url } };
    const answer = await launch(args, stdin === undefined ? options : { ...options, stdin });
    if (answer.timedOut)
      throw new Error(`boxlite ${args.join(' ')} does not end: ${answer.out}${answer.err}`);
    return { code: answer.exit, out: answer.out, err: answer.err };
  };
  return { ...served, boxlite, from: ['--rootfs', served.rootfs] };
}

/** What a call should have given that prints its target and nothing else. */
export const done = (out = ''): Called => ({ code: 0, out: out === '' ? '' : `${out}\n`, err: '' });
