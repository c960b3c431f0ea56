import { Fault, isFault } from '../../core/fault.ts';
import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import { type Parsed, wordsOf } from '../parse.ts';
import { missing } from '../usage.ts';

/** `boxlite stats`: a snapshot of what a box uses, as JSON (contract 2.8). */
export async function verb(parsed: Parsed): Promise<number> {
  const [typed] = wordsOf(parsed);
  if (typed === undefined) throw missing('<BOX>');
  return withBackend(contextOf(parsed), async (backend) => {
    const stats = await backend.stats(typed).catch((error: unknown) => {
      throw isFault(error, 'not-found') ? new Fault('not-found', `No such box: ${typed}`) : error;
    });
    own().stdout.write(`${JSON.stringify(stats, null, 2)}\n`);
    return 0;
  });
}
