import type { BoxView } from '../backend/backend.ts';
import type { Status } from '../core/box.ts';

/** A box as a server sends it. */
export interface BoxJson {
  box_id: string;
  name: string | null;
  status: Status;
  created_at: string;
  pid: number | null;
  image: string;
  cpus: number;
  memory_mib: number;
  exit_code?: number;
}

/** What the verbs show of it. REST does not tell when a box was started. */
export const viewOfJson = (json: BoxJson): BoxView => ({
  id: json.box_id,
  name: json.name,
  image: json.image,
  status: json.status,
  createdAt: json.created_at,
  startedAt: null,
  pid: json.pid,
  exitCode: json.exit_code ?? null,
  cpus: json.cpus,
  memoryMib: json.memory_mib,
});
