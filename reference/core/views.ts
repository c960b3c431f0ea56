import { defect } from '../defects/switch.ts';
import { type BoxRecord, guard } from './box.ts';
import { invalidState } from './fault.ts';
import { type Box, type Runtime, recordsOf } from './runtime.ts';

/** The records a list shows, newest first. */
export function listed(runtime: Runtime): BoxRecord[] {
  const all = recordsOf(runtime);
  if (defect('sometimes-list-empty')) return [];
  const shown = all.filter(({ status }) => status !== 'configured' || !defect('list-omits-configured'));
  const said = defect('list-shows-stopped')
    ? shown.map((box) => ({ ...box, status: 'stopped' as const }))
    : shown;
  return said.length > 1 && defect('list-oldest-first') ? said.reverse() : said;
}

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
