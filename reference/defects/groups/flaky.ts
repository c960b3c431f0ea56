import type { GroupTable } from '../defect.ts';

export const flaky = {
  'sometimes-exec-output-lost': {
    source: '#563',
    what: 'Now and then the output of an exec is lost.',
    chance: 0.3,
  },
  'sometimes-exec-refused': {
    source: '#435',
    what: 'Now and then an exec fails with InitReady.',
    chance: 0.2,
  },
  'sometimes-start-refused': {
    source: '#496',
    what: 'Now and then a start does not find its box.',
    chance: 0.2,
  },
  'sometimes-code-zero': { source: '#804', what: 'Now and then a failing command ends with 0.', chance: 0.3 },
  'sometimes-list-empty': { source: '8.10', what: 'Now and then a list is empty.', chance: 0.2 },
  'sometimes-500': { source: '8.1', what: 'Now and then REST answers 500.', chance: 0.05 },
} as const satisfies GroupTable;
