import type { GroupTable } from '../defect.ts';

export const mounts = {
  'ro-not-enforced': { source: '#454', what: 'A read-only mount can be written.' },
  'rw-not-writable': { source: '6.3', what: 'A mount without an option is read-only.' },
  'first-mode-for-all': { source: '6.3', what: 'Every mount gets the mode of the first.' },
  'rest-volumes-ignored': { source: '#360', what: 'REST accepts volumes and ignores them.' },
  'rest-host-path-mounted': { source: '9 seed 5', what: 'REST mounts a host path.' },
  'marker-changed': {
    source: '6.3',
    what: 'A boot writes into the marker file of a mounted host directory.',
  },
  'mounts-lost-after-restart': { source: '6.3', what: 'The second run of a box has no mounts.' },
  'mount-at-wrong-path': { source: '6.3', what: 'Mounts show below /mnt.' },
  'nested-mount-lost': { source: '6.3', what: 'A mount below another one is missing.' },
  'mounts-of-other-boxes': { source: '6.3', what: 'A box sees the mounts of every other box too.' },
  'missing-source-accepted': { source: '6.1', what: 'A missing host path is accepted and created.' },
  'volume-option-unchecked': { source: '6.1', what: 'An unknown option of a volume is ignored.' },
} as const satisfies GroupTable;
