import type { ExecRequest } from '../../backend/backend.ts';
import { Fault, isFault } from '../../core/fault.ts';
import { spoil } from '../../defects/spoil.ts';
import { defect } from '../../defects/switch.ts';
import { contextOf, environmentOf, withBackend } from '../context.ts';
import { exitOf, pump } from '../foreground.ts';
import { flagValue, missing, type Parsed, UsageError } from '../parse.ts';
import { checkTerminal } from '../terminal.ts';

/** `boxlite exec`: a tenant in a box, in the foreground or left behind (contract 2.4). */
export async function exec(parsed: Parsed): Promise<number> {
  const { typed, argv } = targetOf(parsed);
  const context = contextOf(parsed);
  if (!parsed.on.has('detach')) checkTerminal(parsed);
  const request = requestOf(parsed, argv);
  return withBackend(context, async (backend) => {
    try {
      if (parsed.on.has('detach')) {
        await backend.spawn(typed, request);
        return 0;
      }
      const end = await pump(await backend.exec(typed, request), request);
      if (defect('exec-returns-late')) await spoil?.late(5_000);
      return exitOf(end);
    } catch (error) {
      if (isFault(error, 'not-found')) throw new Fault('not-found', `No such box: ${typed}`);
      throw error;
    }
  });
}

function targetOf({ positionals, rest }: Parsed): { typed: string; argv: string[] } {
  const [typed, surplus] = positionals;
  if (surplus !== undefined)
    throw new UsageError(`unexpected argument '${surplus}' found; '--' is required before the command`);
  if (typed === undefined || !rest || rest.length === 0) throw missing('<BOX> -- <COMMAND>...');
  return { typed, argv: rest };
}

function requestOf(parsed: Parsed, argv: string[]): ExecRequest {
  const workdir = flagValue(parsed, 'workdir');
  const user = flagValue(parsed, 'user');
  return {
    argv,
    env: environmentOf(parsed),
    ...(workdir === undefined ? {} : { workdir }),
    ...(user === undefined ? {} : { user }),
    stdin: parsed.on.has('interactive'),
    tty: parsed.on.has('tty'),
  };
}
