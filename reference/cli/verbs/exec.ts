import type { ExecRequest } from '../../backend/backend.ts';
import { Fault, isFault } from '../../core/fault.ts';
import { spoil } from '../../defects/spoil.ts';
import { defect } from '../../defects/switch.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { environmentOf } from '../environment.ts';
import { exitOf, pump, terminalSink } from '../foreground.ts';
import { flagValue, flagValues, type Parsed } from '../parse.ts';
import { checkTty } from '../tty.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** `boxlite exec`: a tenant in a box, in the foreground or left behind (contract 2.4). */
export const verb: Verb = async (parsed) => {
  const { typed, argv } = targetOf(parsed);
  const context = contextOf(parsed);
  const detached = parsed.on.has('detach');
  const request = requestOf(parsed, argv);
  if (!detached) checkTty(request.tty);
  return closing(await openBackend(context), async (backend) => {
    try {
      if (detached) {
        await backend.spawn(typed, request);
        return 0;
      }
      const stream = await backend.exec(typed, request, terminalSink);
      const end = await pump(stream, request.stdin);
      if (defect('exec-returns-late')) await spoil?.late(5_000);
      return exitOf(end);
    } catch (error) {
      if (isFault(error, 'not-found')) throw new Fault('not-found', `No such box: ${typed}`);
      throw error;
    }
  });
};

function targetOf(parsed: Parsed): { typed: string; argv: string[] } {
  const [typed, surplus] = parsed.positionals;
  if (surplus !== undefined)
    throw new UsageError(`unexpected argument '${surplus}' found; '--' is required before the command`);
  if (typed === undefined || !parsed.rest || parsed.rest.length === 0)
    throw new UsageError('the following required arguments were not provided:\n  <BOX> -- <COMMAND>...');
  return { typed, argv: parsed.rest };
}

function requestOf(parsed: Parsed, argv: string[]): ExecRequest {
  const workdir = flagValue(parsed, 'workdir');
  return {
    argv,
    env: environmentOf(flagValues(parsed, 'env')),
    ...(workdir === undefined ? {} : { workdir }),
    tty: parsed.on.has('tty'),
    stdin: parsed.on.has('interactive'),
  };
}
