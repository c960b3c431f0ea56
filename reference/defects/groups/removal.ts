import type { GroupTable } from '../defect.ts';

export const removal = {
  'force-ignored': { source: '2.6', what: 'A running box cannot be removed by force.' },
  'force-implied': { source: '2.6', what: 'A running box is removed without force.' },
  'name-not-freed': { source: '0', what: 'The name of a removed box stays taken.' },
  'removed-box-returns': { source: '8.5', what: 'A removed box is there again for the next process.' },
  'removed-box-answers': { source: '8.5', what: 'A server goes on showing a removed box by its id.' },
  'wrong-box-removed': { source: '8.7', what: 'The newest box is removed instead of the one named.' },
  'rm-unknown-succeeds': { source: '2.6', what: 'Removing an unknown box succeeds.' },
  'prefix-ambiguity-unnoticed': { source: '0', what: 'An ambiguous prefix means the newest match.' },
  'prefix-unknown': { source: '0', what: 'A box is not found by a prefix of its id.' },
  'name-unknown': { source: '0', what: 'A box is not found by its name.' },
  'any-name-accepted': { source: '0', what: 'Two boxes may have the same name.' },
  'empty-text-matches': { source: '0', what: 'The empty text means the newest box.' },
} as const satisfies GroupTable;
