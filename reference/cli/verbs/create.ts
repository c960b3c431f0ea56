import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import type { Parsed } from '../parse.ts';
import { requestOf } from '../request.ts';

/** `boxlite create`: stores a box and prints its id (contract 2.3). */
export async function verb(parsed: Parsed): Promise<number> {
  const context = contextOf(parsed);
  const request = requestOf(parsed, context, { detached: true, removeAtEnd: false });
  return withBackend(context, async (backend) => {
    own().stdout.write(`${await backend.create(request)}\n`);
    return 0;
  });
}
