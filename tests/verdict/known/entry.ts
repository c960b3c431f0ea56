import { type KnownDivergence, knownSchema } from '../../../verdict/known.ts';

/** A valid entry with changes. */
export const entry = (changes: Record<string, unknown> = {}): KnownDivergence =>
  knownSchema.parse({
    id: 'exec-missing-500',
    title: 'exec of a missing binary is a 500',
    op: 'exec',
    via: ['rest'],
    versions: '>=0.10.0 <=0.10.7',
    seen: { is: 'broken', how: '5xx', status: 500 },
    after: {},
    always: true,
    source: 'upstream #666',
    found: { program: 'corpus/a.json', date: '2026-06-09', version: '0.10.7' },
    ...changes,
  });
