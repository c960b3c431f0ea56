import { type BoxRecord, imageLabel } from '../core/box.ts';
import { defect } from '../defects/switch.ts';

/** A box as REST shows it; `exit_code` is left out while there is none (contract 4.4). */
export function boxJson(record: BoxRecord): Record<string, unknown> {
  const { spec, exitCode } = record;
  return {
    box_id: record.id,
    name: record.name,
    status: record.status,
    created_at: new Date(record.createdAtMs).toISOString(),
    updated_at: new Date(record.updatedAtMs).toISOString(),
    pid: record.pid || null,
    image: imageLabel(spec.source),
    cpus: spec.cpus,
    memory_mib: spec.memoryMib,
    labels: {},
    auto_stop: spec.autoStopS,
    auto_delete: spec.autoDeleteS,
    auto_resume: spec.autoResume,
    ...(exitCode === null && !defect('exit-code-null') ? {} : { exit_code: exitCode }),
  };
}
