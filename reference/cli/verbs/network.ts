import { isEnabled } from '../../core/network.ts';
import { contextOf, withBackend } from '../context.ts';
import { flagValues, missing, type Parsed, UsageError, wordsOf } from '../parse.ts';

/** `boxlite network outbound|inbound BOX MODE`: whom a box that runs may reach from now on (contract 12.6). */
export async function network(parsed: Parsed): Promise<number> {
  const [direction, typed, mode] = wordsOf(parsed);
  if (direction !== 'outbound' && direction !== 'inbound')
    throw new UsageError(`unrecognized subcommand '${direction ?? ''}'`);
  if (typed === undefined || mode === undefined) throw missing('<BOX> <MODE>');
  const policy = { outbound: isEnabled(mode), rules: flagValues(parsed, 'allow-net') };
  return withBackend(contextOf(parsed), async (backend) => {
    await backend.setPolicy(typed, direction, policy);
    return 0;
  });
}
