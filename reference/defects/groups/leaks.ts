import type { GroupTable } from '../defect.ts';

export const leaks = {
  'rm-leaves-vm': { source: '#118', what: 'A forced removal says ok, the VM lives on.' },
  'rm-leaves-directory': { source: '8.5', what: 'The directory of a removed box stays.' },
  'rm-leaves-socket': { source: '8.5', what: 'A socket of a removed box stays in the home.' },
  'helper-process-left': { source: '8.5', what: 'Every boot leaves a helper process for a minute.' },
  'port-left-open': { source: '#565', what: 'Every boot by a server leaves a listening port.' },
  'anonymous-volume-left': { source: '6.2', what: 'The directory of an anonymous volume outlives its box.' },
  'failed-run-leaves-record': { source: '2.2', what: 'A foreground run with --rm leaves its box.' },
  'vm-process-left': { source: '8.5', what: 'The process of a VM outlives the VM.' },
  'double-boot': { source: '2.1', what: 'Every boot starts two VM processes.' },
} as const satisfies GroupTable;
