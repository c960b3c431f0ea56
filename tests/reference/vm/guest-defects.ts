import type { DefectName } from '../../../reference/defects.ts';

/** The seeded defects whose sites are in the hypervisor and its guests: their symptoms are tested there. */
export const guestDefects = [
  'arguments-split',
  'boot-id-kept',
  'disk-lost-between-runs',
  'double-boot',
  'exit-late',
  'exit-not-recorded',
  'exit-recorded-zero',
  'fast-output-lost',
  'init-dies-of-signals',
  'orphan-survives',
  'output-corrupted',
  'output-truncated',
  'stdin-truncated',
  'stop-without-term',
  'synced-file-lost',
  'tmp-kept-between-runs',
  'vm-outlives-main',
  'vm-process-left',
  'workdir-ignored',
] as const satisfies readonly DefectName[];
