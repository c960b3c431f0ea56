import { verbs } from '../../commands/index.ts';
import { attachMode } from '../../domain/attach-mode.ts';
import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';

/**
 * The program with a command that writes by itself for one that echoes what it is sent, and nothing sent: most of
 * what goes wrong with a stream goes wrong with any output. Null when the step starts no such command, or when
 * nothing is sent to it before the failing step. What a read-only client sends never comes there.
 */
export function voiced(steps: readonly Step[], at: number, failing: number | null): Step[] | null {
  const spawn = steps[at];
  if (!spawn || verbs[spawn.op].makes !== 'exec' || !('work' in spawn) || spawn.work.do !== 'cat')
    return null;
  const exec = handleMade(spawn);
  const clients = new Set(
    steps.flatMap((step) =>
      'as' in step && 'exec' in step && step.exec === exec && attachMode(step) !== 'read-only'
        ? [step.as]
        : [],
    ),
  );
  const rest = steps.filter(
    (step, index) => index === failing || !('attach' in step && 'data' in step) || !clients.has(step.attach),
  );
  if (rest.length === steps.length) return null;
  return rest.map((step) => (step === spawn ? { ...spawn, work: { do: 'hold', out: 'up\n' } } : step));
}
