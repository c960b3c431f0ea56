import type { GroupTable } from '../defect.ts';

export const detach = {
  'detached-dies-with-owner': {
    source: '9 seed 1',
    what: 'A detached box is stopped when its CLI or server ends.',
  },
  'detached-shown-stopped': {
    source: '#434',
    what: 'The next process lists a live detached box as Stopped.',
  },
  'detached-forgotten': {
    source: '#1407',
    what: 'The next process deletes the record of a live detached box.',
  },
  'shutdown-stops-detached': {
    source: '3.5',
    what: 'A server that is interrupted stops detached boxes too.',
  },
  'recovery-kills-vm': { source: '#565', what: 'Recovery kills the VM of a detached box.' },
  'foreground-outlives-cli': {
    source: '#622',
    what: 'The VM of a foreground run lives on when its CLI was killed.',
  },
  'exec-d-dies-with-cli': { source: '2.4', what: 'A detached exec is killed as soon as it was started.' },
  'vm-outlives-main': { source: '3.2', what: 'The VM stays on when its main command has ended.' },
  'orphan-survives': { source: '3.4', what: 'A VM is not stopped when its owner dies.' },
} as const satisfies GroupTable;
