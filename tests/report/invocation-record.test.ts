import { expect, test } from 'vitest';
import { exitCodeOf, type InvocationRecord } from '../../report/invocation-record.ts';
import { runRecord } from './fixtures/records.ts';

const change = (patch: Partial<InvocationRecord>): InvocationRecord => ({ ...runRecord, ...patch });
const totals = (patch: Partial<InvocationRecord['totals']>): InvocationRecord =>
  change({ totals: { ...runRecord.totals, ...patch } });

test.each([
  ['all passed', runRecord, 0],
  ['a program failed', totals({ failed: 1 }), 1],
  ['a mark is stale', change({ known: [{ id: 'k', title: '', hits: 0, misses: 9, stale: true }] }), 1],
  ['nothing ran', totals({ programs: 0 }), 3],
  [
    'a campaign had time for its corpus alone',
    { ...totals({ programs: 0, corpus: 9 }), use: 'fuzz' as const },
    3,
  ],
  ['the machine was lost', change({ ended: 'infrastructure' }), 3],
  ['a failure and a lost machine', { ...totals({ failed: 1 }), ended: 'infrastructure' as const }, 1],
  ['a smoke program the machine spoilt', totals({ infrastructure: 1 }), 3],
  ['a fuzz program the machine spoilt', { ...totals({ infrastructure: 1 }), use: 'fuzz' as const }, 0],
  ['a smoke program of which nothing was judged', totals({ unjudged: 1 }), 3],
  ['interrupted', { ...totals({ failed: 1 }), ended: 'interrupted' as const }, 130],
])('%s', (_, record, code) => {
  expect(exitCodeOf(record as InvocationRecord)).toBe(code);
});
