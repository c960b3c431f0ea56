import { expect, it } from 'vitest';
import type { Failure } from '../../../program/failure.ts';
import type { FailedHistory } from '../../../program/history.ts';
import { newFindings } from '../../../search/investigate/findings.ts';
import { leak, leakingProgram as program } from '../fixtures/failure.ts';
import { historyOf } from '../fixtures/toy-runtime.ts';
import { toyRules } from '../fixtures/toy-verbs.ts';

const [one, both] = ['port is open', 'port is open; process is left'].map((text) => leak(2, text)) as [
  Failure,
  Failure,
];

it.each([
  1, 9,
])('two that are investigated side by side and show the same in the end are one (%i)', async (slow) => {
  const merged: string[][] = [];
  const findings = newFindings({
    ...{ rules: toyRules, signal: new AbortController().signal, takeOthers: false, onFinding: () => {} },
    budget: { mayInvestigate: () => true, shrink: () => ({ runs: 9, seconds: 60 }) },
    onMerged: (finding, into) =>
      void merged.push([finding.signature.complaint, into.signature.complaint].toSorted()),
    // What was found as both takes another time, and shows but one once its program is shorter.
    run: async (asked) => {
      for (let turns = asked.note === 'both' ? slow : 5; turns > 0; turns--) await new Promise(setImmediate);
      const isWhole = asked.note === 'both' && asked.steps.length === program.steps.length;
      return historyOf(asked, { is: 'failed', failure: isWhole ? both : one });
    },
  });
  for (const [note, failure] of [
    ['one', one],
    ['both', both],
  ] as const)
    await findings.keep(historyOf({ ...program, note }, { is: 'failed', failure }) as FailedHistory);
  const begun = [findings.next(true), findings.next(true)];
  expect(new Set(begun)).toEqual(new Set(findings.list));
  const ended = await Promise.all(begun.map((finding) => finding && findings.investigate(finding)));
  expect(merged).toEqual([['port is open', 'port is open / process is left']]);
  expect(findings.list).toMatchObject([{ times: 2, verdict: { class: 'deterministic' } }]);
  expect(ended).toContain(findings.list[0]);
});
