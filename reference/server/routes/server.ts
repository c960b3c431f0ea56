import { unsupported } from '../../core/fault.ts';
import type { App } from '../app.ts';
import { ok, type Reply } from '../reply.ts';

const capabilities = [
  'linux_capabilities_enabled',
  'snapshots_enabled',
  'clone_enabled',
  'export_enabled',
  'import_enabled',
];

export async function getConfig(): Promise<Reply> {
  return ok({ capabilities: Object.fromEntries(capabilities.map((name) => [name, true])) });
}

export async function getMe(): Promise<Reply> {
  return ok({
    sub: 'local',
    principal_type: 'user',
    email: null,
    display_name: 'local',
    prefix: null,
    scopes: [],
    expires_at: null,
  });
}

export async function getMetrics(app: App): Promise<Reply> {
  const { created, failed, stopped, commands, commandErrors } = app.totals;
  const running = [...app.runtime.boxes.values()].filter((box) => box.record.status === 'running').length;
  return ok({
    boxes_created_total: created,
    boxes_failed_total: failed,
    boxes_stopped_total: stopped,
    num_running_boxes: running,
    total_commands_executed: commands,
    total_exec_errors: commandErrors,
  });
}

export async function anyVolumes(): Promise<Reply> {
  throw unsupported('named volumes are not supported yet');
}
