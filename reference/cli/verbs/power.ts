import type { Backend } from '../../backend/backend.ts';
import { Fault } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import { eachTarget } from '../batch.ts';
import { contextOf, withBackend } from '../context.ts';
import { type Parsed, wordsOf } from '../parse.ts';
import { missing } from '../usage.ts';

const doing: Record<string, string> = { start: 'starting', stop: 'stopping', restart: 'restarting' };

/** `boxlite start`, `stop` and `restart`: each target on its own, a summary at the end (contract 2.5). */
export async function verb(parsed: Parsed): Promise<number> {
  const targets = wordsOf(parsed);
  if (targets.length === 0) throw missing('<BOX>...');
  return withBackend(contextOf(parsed), async (backend) => {
    const failures = await eachTarget(
      targets,
      (typed) => act(backend, parsed.verb, typed),
      ({ typed, unknown, text }) =>
        unknown ? `Error: No such box: ${typed}` : `Error ${doing[parsed.verb]} box '${typed}': ${text}`,
    );
    if (failures.length === 0) return 0;
    const lines = failures.map(({ typed, unknown, text }) => `  ${typed}: ${unknown ? 'not found' : text}`);
    const count =
      lines.length === targets.length ? `all ${targets.length}` : `${lines.length} of ${targets.length}`;
    throw new Fault(
      'invalid-state',
      `Failed to ${parsed.verb} ${count} box(es)\nErrors:\n${lines.join('\n')}`,
    );
  });
}

async function act(backend: Backend, verb: string, typed: string): Promise<void> {
  if (verb === 'stop' || (verb === 'restart' && !defect('restart-is-no-op'))) await backend.stop(typed);
  if (verb !== 'stop') await backend.start(typed);
}
