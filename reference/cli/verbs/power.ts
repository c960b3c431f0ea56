import type { Backend } from '../../backend/backend.ts';
import { Fault, isFault, messageOf } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

type Act = (backend: Backend, typed: string) => Promise<void>;

interface PowerVerb {
  act: Act;
  doing: string;
}

const verbs: Record<string, PowerVerb> = {
  start: { act: (backend, typed) => backend.start(typed), doing: 'starting' },
  stop: { act: (backend, typed) => backend.stop(typed), doing: 'stopping' },
  restart: {
    act: async (backend, typed) => {
      if (!defect('restart-is-no-op')) await backend.stop(typed);
      await backend.start(typed);
    },
    doing: 'restarting',
  },
};

/** `boxlite start`, `stop` and `restart`: each target on its own, a summary at the end (contract 2.5). */
export const verb: Verb = async (parsed) => {
  const how = verbs[parsed.verb];
  const targets = [...parsed.positionals, ...(parsed.rest ?? [])];
  if (!how || targets.length === 0)
    throw new UsageError('the following required arguments were not provided:\n  <BOX>...');
  return closing(await openBackend(contextOf(parsed)), async (backend) => {
    const failures: string[] = [];
    for (const typed of targets)
      if (failures.length === 0 || !defect('rm-batch-stops-early')) await one(backend, how, typed, failures);
    if (failures.length > 0) throw summary(parsed.verb, failures, targets.length);
    return 0;
  });
};

async function one(backend: Backend, how: PowerVerb, typed: string, failures: string[]): Promise<void> {
  try {
    await how.act(backend, typed);
    own().stdout.write(`${typed}\n`);
  } catch (error) {
    const unknown = isFault(error, 'not-found');
    own().stderr.write(
      unknown ? `Error: No such box: ${typed}\n` : `Error ${how.doing} box '${typed}': ${messageOf(error)}\n`,
    );
    failures.push(`  ${typed}: ${unknown ? 'not found' : messageOf(error)}`);
  }
}

function summary(verb: string, failures: string[], total: number): Fault {
  const count = failures.length === total ? `all ${total}` : `${failures.length} of ${total}`;
  return new Fault('invalid-state', `Failed to ${verb} ${count} box(es)\nErrors:\n${failures.join('\n')}`);
}
