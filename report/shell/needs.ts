import { verbs } from '../../commands/index.ts';
import { homeOf } from '../../model/lookup.ts';
import type { Step } from '../../program/step.ts';

/** What a script needs besides a shell. */
export interface Needs {
  local: boolean;
  server: boolean;
  /** The WebSocket client, and with it python3. */
  attach: boolean;
}

/** What steps need, told by their calls. */
export function needsOf(steps: readonly Step[]): Needs {
  const calls = steps.flatMap((step) => verbs[step.op].calls(step));
  const vias = calls.flatMap((call) => ('via' in call ? [homeOf(call.via)] : []));
  return {
    local: vias.includes('local'),
    server: vias.includes('server') || calls.some(({ call }) => ofServer.has(call)),
    attach: calls.some(({ call }) => call === 'open'),
  };
}

const ofServer: ReadonlySet<string> = new Set(['rest', 'open', 'renew']);
