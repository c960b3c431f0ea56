import { Fault, isFault } from '../../core/fault.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue } from '../parse.ts';
import { tableOf } from '../table.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** `boxlite stats`: a snapshot of what a box uses (contract 2.8). */
export const verb: Verb = async (parsed) => {
  const [typed] = parsed.positionals;
  if (typed === undefined)
    throw new UsageError('the following required arguments were not provided:\n  <BOX>');
  const json = flagValue(parsed, 'format') === 'json';
  return closing(await openBackend(contextOf(parsed)), async (backend) => {
    const stats = await backend.stats(typed).catch((error: unknown) => {
      throw isFault(error, 'not-found') ? new Fault('not-found', `No such box: ${typed}`) : error;
    });
    const cells = Object.values(stats).map(String);
    own().stdout.write(json ? `${JSON.stringify(stats, null, 2)}\n` : tableOf(Object.keys(stats), [cells]));
    return 0;
  });
};
