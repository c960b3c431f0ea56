import type { DefectName } from '../../../reference/defects.ts';

/** The seeded defects whose sites are in the hypervisor and its guests: their symptoms are tested there. */
export const guestDefects = [
  'arguments-split',
  'boot-id-kept',
  'children-outlive-deadline',
  'cpus-ignored',
  'disk-lost-between-runs',
  'disk-size-ignored',
  'double-boot',
  'exit-late',
  'exit-not-recorded',
  'exit-recorded-zero',
  'fast-output-lost',
  'group-ignored',
  'init-dies-of-signals',
  'large-file-lost',
  'large-shared-file-cut',
  'large-stdin-cut',
  'late-output-lost',
  'left-child-awaited',
  'long-argument-cut',
  'memory-ignored',
  'orphan-survives',
  'output-corrupted',
  'output-truncated',
  'stdin-truncated',
  'stop-without-term',
  'synced-file-lost',
  'tmp-kept-between-runs',
  'unknown-user-is-root',
  'unread-output-stalls',
  'vm-outlives-main',
  'vm-process-left',
  'workdir-ignored',
] as const satisfies readonly DefectName[];

/** Those of ports that are published. */
export const portDefects = [
  'port-not-published',
  'port-kept-after-stop',
  'wrong-guest-port',
  'taken-port-accepted',
  'second-connection-refused',
  'port-bytes-changed',
] as const satisfies DefectName[];
