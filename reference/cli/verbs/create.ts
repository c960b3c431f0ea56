import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { requestOf } from '../request.ts';
import type { Verb } from '../verb.ts';

/** `boxlite create`: stores a box and prints its id (contract 2.3). */
export const verb: Verb = async (parsed) => {
  const context = contextOf(parsed);
  const request = requestOf(parsed, context, { detached: true, removeAtEnd: false });
  return closing(await openBackend(context), async (backend) => {
    own().stdout.write(`${await backend.create(request)}\n`);
    return 0;
  });
};
