import type { GroupTable } from '../defect.ts';

export const exitCode = {
  'exec-code-zeroed': { source: '#804', what: 'Every exec ends with 0.' },
  'signal-death-is-success': { source: '#627', what: 'A command killed by a signal ends with 0.' },
  'large-code-clipped': { source: '1.1', what: 'Codes above 127 lose their highest bit.' },
  'main-code-zeroed': { source: '#988', what: 'A box keeps 0 whatever its main command returned.' },
  'main-code-dropped': { source: '3.3', what: 'A box keeps no code of a main command that returned one.' },
  'stop-code-zero': { source: '3.3', what: 'A stopped box shows 0 instead of 137.' },
  'old-code-kept': { source: '3.3', what: 'A new run goes on showing the code of the last one.' },
  'stop-clears-code': { source: '3.3', what: 'A stop without effect takes the code of the ended run away.' },
  'signal-code-unmapped': { source: '1.1', what: 'The CLI gives k instead of 128+k for signal k.' },
  'code-flattened': { source: '1.1', what: 'The CLI gives 1 for every failing command.' },
  'wire-signal-positive': {
    source: '5.1',
    what: 'An execution killed by k shows 128+k on the wire instead of -k.',
  },
  'codes-lost-at-shutdown': {
    source: '8.10',
    what: 'A server that is interrupted takes the codes of boxes at rest along.',
  },
  'exit-not-recorded': { source: '3.5', what: 'The code of a detached run is not recorded.' },
  'exit-recorded-zero': { source: '3.5', what: 'The code of a detached run is recorded as 0.' },
} as const satisfies GroupTable;
