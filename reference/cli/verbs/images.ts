import { Fault } from '../../core/fault.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { tableOf } from '../table.ts';
import type { Verb } from '../verb.ts';

/** `boxlite images` and `pull`: this runtime has two built-in images and no registry. */
export const verb: Verb = async (parsed) =>
  closing(await openBackend(contextOf(parsed)), async () => {
    if (parsed.verb === 'pull')
      throw new Fault(
        'image',
        `images error: failed to pull ${parsed.positionals[0] ?? ''}: no registry is configured`,
      );
    const rows = ['alpine', 'busybox'].map((name) => [name, 'latest']);
    own().stdout.write(tableOf(['REPOSITORY', 'TAG'], rows));
    return 0;
  });
