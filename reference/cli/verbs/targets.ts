import type { Backend } from '../../backend/backend.ts';
import { Fault, isFault, messageOf } from '../../core/fault.ts';
import { defect } from '../../defects/switch.ts';
import { contextOf, withBackend } from '../context.ts';
import { own } from '../own.ts';
import { missing, type Parsed, wordsOf } from '../parse.ts';

const doing: Record<string, string> = { start: 'starting', stop: 'stopping', restart: 'restarting' };

/** `boxlite start`, `stop` and `restart`: each target on its own, a summary at the end (contract 2.5). */
export async function power(parsed: Parsed): Promise<number> {
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

/** `boxlite rm`: each target on its own (contract 2.6). */
export async function rm(parsed: Parsed): Promise<number> {
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

/** A target that could not be handled. */
interface Failed {
  typed: string;
  /** It is not known. */
  unknown: boolean;
  text: string;
}

/**
 * Handles each target on its own and prints those that went well (contract 2.5, 2.6).
 * @param tell gives the line on stderr for one that did not.
 */
async function eachTarget(
  targets: readonly string[],
  act: (typed: string) => Promise<void>,
  tell: (failed: Failed) => string,
): Promise<Failed[]> {
  const failures: Failed[] = [];
  for (const typed of targets) {
    if (failures.length > 0 && defect('rm-batch-stops-early')) break;
    try {
      await act(typed);
      own().stdout.write(`${typed}\n`);
    } catch (error) {
      const failed = { typed, unknown: isFault(error, 'not-found'), text: messageOf(error) };
      own().stderr.write(`${tell(failed)}\n`);
      failures.push(failed);
    }
  }
  return failures;
}
