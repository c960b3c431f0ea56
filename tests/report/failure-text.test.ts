import { expect, test } from 'vitest';
import { failureLines } from '../../report/text/failure.ts';
import { staleMark } from '../../verdict/known.ts';
import { entry } from '../verdict/known/entry.ts';

test('a mark that did not show is told in words: the step, where, and what to do with the mark', () => {
  const step = { op: 'exec', via: 'cli', on: 'box1', work: { do: 'missing' } } as const;
  const lines = failureLines(staleMark(entry({}), 1, { step, situation: 'job/running' }));
  expect(lines.join('\n')).toMatch(
    /^step 2, exec via cli on=box1 .* \(job\/running\): known divergence exec-missing-500 did not show: .*remove corpus\/known/u,
  );
  expect(lines.join('\n')).not.toMatch(/[{[]"|":/u);
});
