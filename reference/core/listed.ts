import { anyDefect, defect } from '../defects/switch.ts';
import type { BoxRecord } from './box.ts';
import { type Runtime, recordsOf } from './runtime.ts';

/** The records a list shows, newest first. */
export function listed(runtime: Runtime): BoxRecord[] {
  const all = recordsOf(runtime);
  if (!anyDefect()) return all;
  if (defect('sometimes-list-empty')) return [];
  const shown = all.filter(({ status }) => status !== 'configured' || !defect('list-omits-configured'));
  const said = defect('list-shows-stopped')
    ? shown.map((box) => ({ ...box, status: 'stopped' as const }))
    : shown;
  return said.length > 1 && defect('list-oldest-first') ? said.reverse() : said;
}
