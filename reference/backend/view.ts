import { type BoxRecord, imageLabel } from '../core/box.ts';
import type { BoxView } from './backend.ts';

/** The view of a record. */
export function viewOf(record: BoxRecord): BoxView {
  const { id, name, status, exitCode, spec } = record;
  return {
    id,
    name,
    image: imageLabel(spec.source),
    status,
    createdAt: new Date(record.createdAtMs).toISOString(),
    startedAt: record.startedAtMs === null ? null : new Date(record.startedAtMs).toISOString(),
    pid: record.pid === 0 ? null : record.pid,
    exitCode,
    cpus: spec.cpus,
    memoryMib: spec.memoryMib,
  };
}
