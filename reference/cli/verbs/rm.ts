import type { Backend } from '../../backend/backend.ts';
import { Fault, isFault, messageOf } from '../../core/fault.ts';
import { profile } from '../../core/profile.ts';
import { defect } from '../../defects/switch.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** `boxlite rm`: each target on its own (contract 2.6). */
export const verb: Verb = async (parsed) => {
  const typed = [...parsed.positionals, ...(parsed.rest ?? [])];
  const all = parsed.on.has('all');
  const force = parsed.on.has('force');
  if (all && typed.length > 0 && profile.checksFlagConflicts)
    throw new UsageError("the argument '--all' cannot be used with '[BOX]...'");
  if (!all && typed.length === 0)
    throw new UsageError('the following required arguments were not provided:\n  <BOX>...');
  const context = contextOf(parsed);
  if (all && !force && !(await confirmed())) return 0;
  return closing(await openBackend(context), async (backend) => {
    const targets = all ? (await backend.boxes()).map((box) => box.id) : typed;
    let failed = false;
    for (const target of targets)
      if (!failed || !defect('rm-batch-stops-early'))
        failed = !(await removed(backend, target, force)) || failed;
    if (failed) throw new Fault('invalid-state', 'Some boxes could not be removed');
    return 0;
  });
};

async function removed(backend: Backend, typed: string, force: boolean): Promise<boolean> {
  try {
    await backend.remove(typed, force);
    own().stdout.write(`${typed}\n`);
    return true;
  } catch (error) {
    if (isFault(error, 'not-found') && defect('rm-unknown-succeeds')) return true;
    const text = isFault(error, 'not-found') ? `box not found: ${typed}` : messageOf(error);
    own().stderr.write(`Error removing box '${typed}': ${text}\n`);
    return false;
  }
}

/** Anything but y is a no, end-of-file too. */
async function confirmed(): Promise<boolean> {
  own().stderr.write('WARNING! This will remove all boxes. Are you sure? [y/N] ');
  let answer = '';
  for await (const chunk of own().stdin) {
    answer += chunk;
    if (answer.includes('\n') || answer.length > 100) break;
  }
  return /^y\s*$/i.test(answer.split('\n')[0] ?? '');
}
