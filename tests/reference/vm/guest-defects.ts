import type { DefectName } from '../../../reference/defects.ts';

/** The seeded defects whose sites are in the hypervisor and its guests: their symptoms are tested there. */
export const guestDefects = [
  'arguments-split',
  'boot-id-kept',
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
  'memory-ignored',
  'orphan-survives',
  'output-corrupted',
  'output-truncated',
  'stdin-truncated',
  'stop-without-term',
  'synced-file-lost',
  'tmp-kept-between-runs',
  'unknown-user-is-root',
  'vm-outlives-main',
  'vm-process-left',
  'workdir-ignored',
] as const satisfies readonly DefectName[];
