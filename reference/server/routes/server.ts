import { unsupported } from '../../core/fault.ts';
import type { Box } from '../../core/runtime.ts';
import { defect } from '../../defects/switch.ts';
import { ok, type Routes } from '../route.ts';

const capabilities = [
  'linux_capabilities_enabled',
  'snapshots_enabled',
  'clone_enabled',
  'export_enabled',
  'import_enabled',
];

const noVolumes = async () => {
  throw unsupported('named volumes are not supported yet');
};
const volumes = { GET: noVolumes, POST: noVolumes, DELETE: noVolumes };

/** The server itself. */
export const serverRoutes: Routes = {
  config: {
    GET: async () => ok({ capabilities: Object.fromEntries(capabilities.map((name) => [name, true])) }),
  },
  me: {
    GET: async () =>
      ok({
        sub: 'local',
        principal_type: 'user',
        email: null,
        display_name: 'local',
        prefix: null,
        scopes: [],
        expires_at: null,
      }),
  },
  metrics: {
    GET: async ({ runtime, totals }) =>
      ok({
        boxes_created_total: totals.created,
        boxes_failed_total: totals.failed,
        boxes_stopped_total: totals.stopped,
        num_running_boxes: [...runtime.boxes.values()].filter(isCounted).length,
        total_commands_executed: totals.commands,
        total_exec_errors: totals.commandErrors,
      }),
  },
  volumes,
  'volumes/*': volumes,
};

const isCounted = ({ record: { status } }: Box): boolean =>
  status === 'running' || (status === 'stopped' && defect('running-boxes-miscounted'));
