import { homeOf } from '../../model/lookup.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';

/** What a script needs besides a shell. */
export interface Needs {
  local: boolean;
  server: boolean;
  /** The WebSocket client, and with it python3. */
  attach: boolean;
}

/** What the steps of a program need. */
export function needsOf({ steps }: Program): Needs {
  return {
    local: steps.some((step) => 'via' in step && homeOf(step.via) === 'local'),
    server: steps.some((step) =>
      'via' in step ? homeOf(step.via) === 'server' : !step.op.startsWith('host-'),
    ),
    attach: steps.some(attaches),
  };
}

const attaches = (step: Step): boolean =>
  step.op.startsWith('attach') || ((step.op === 'exec' || step.op === 'foreground') && step.via === 'rest');
