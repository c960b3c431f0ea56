import { invalidState } from './fault.ts';
import { guard } from './guard.ts';
import type { Box } from './runtime.ts';

/**
 * A snapshot of what a running box uses. A resting one is never booted for it (contract 2.1).
 * @throws Fault invalid-state.
 */
export function stats(box: Box): Record<string, unknown> {
  const { record } = box;
  guard(record, 'metrics');
  if (record.status !== 'running')
    throw invalidState(`Cannot metrics box ${record.id}: it is ${record.status}`);
  return { cpu_percent: 0.1, memory_bytes: record.spec.memoryMib * 2 ** 18 };
}
