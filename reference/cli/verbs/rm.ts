import type { Backend } from '../../backend/backend.ts';
import { Fault, isFault } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import { eachTarget } from '../batch.ts';
import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import { type Parsed, wordsOf } from '../parse.ts';
import { missing } from '../usage.ts';

/** `boxlite rm`: each target on its own (contract 2.6). */
export async function verb(parsed: Parsed): Promise<number> {
  const typed = wordsOf(parsed);
  const all = parsed.on.has('all');
  const force = parsed.on.has('force');
  if (!all && typed.length === 0) throw missing('<BOX>...');
  const context = contextOf(parsed);
  if (all && !force && !(await confirmed())) return 0;
  return withBackend(context, async (backend) => {
    const targets = all ? (await backend.boxes()).map((box) => box.box_id) : typed;
    const failures = await eachTarget(
      targets,
      (target) => remove(backend, target, force),
      (failed) =>
        `Error removing box '${failed.typed}': ${failed.unknown ? `box not found: ${failed.typed}` : failed.text}`,
    );
    if (failures.length > 0) throw new Fault('invalid-state', 'Some boxes could not be removed');
    return 0;
  });
}

const remove = (backend: Backend, typed: string, force: boolean): Promise<void> =>
  backend.remove(typed, force).catch((error: unknown) => {
    if (!(isFault(error, 'not-found') && defect('rm-unknown-succeeds'))) throw error;
  });

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
