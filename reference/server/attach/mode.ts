import { Fault } from '../../core/fault.ts';
import { profile } from '../../core/profile.ts';
import { defect } from '../../defects/switch.ts';
import type { Call } from '../call.ts';

/**
 * Whether an attach is read-only, by its `stdin` parameter (contract 5.2, 5.3).
 * @throws Fault invalid-argument for any other value.
 */
export function attachMode(call: Call): boolean {
  const value = call.query.get('stdin');
  if (value === null || !profile.readOnlyAttach) return false;
  if (!['0', '1', 'true', 'false'].includes(value) && !defect('stdin-parameter-unchecked'))
    throw new Fault('invalid-argument', `stdin must be one of 0, 1, false, true; got "${value}"`);
  return value === '0' || value === 'false';
}
