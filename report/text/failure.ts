import { counted } from '../../domain/counted.ts';
import type { Failure, Verdict } from '../../program/failure.ts';
import { describeAllowed } from './expect.ts';
import { describeObservation } from './observation.ts';
import { describeStep } from './step.ts';

/** What the failure is about in one line. */
export function failureTitle(failure: Failure): string {
  if (failure.kind === 'unexpected') {
    return `step ${failure.at + 1}, ${describeStep(failure.step)} (${failure.situation}): ${describeObservation(failure.seen)}`;
  }
  if (failure.kind === 'oracle') return `${failure.oracle} at step ${failure.at + 1}: ${failure.detail}`;
  return `step ${failure.at + 1}, ${describeStep(failure.step)} (${failure.situation}): ${failure.detail}`;
}

/** The same in full, a line each: expected, seen, why it does not fit. */
export function failureLines(failure: Failure): string[] {
  if (failure.kind !== 'unexpected') return [failureTitle(failure)];
  return [
    `step ${failure.at + 1}: ${describeStep(failure.step)}   [${failure.situation}]`,
    ...describeAllowed(failure.allowed).map((line, i) => `  ${i === 0 ? 'allowed:' : '     or:'} ${line}`),
    `     seen: ${describeObservation(failure.seen)}`,
    ...failure.differences.map((difference) => `           ${difference}`),
  ];
}

/** A verdict in words, with its rate; null for a program that was not run again. */
export function describeVerdict(verdict: Verdict | null): string {
  if (verdict === null) return 'not run again';
  switch (verdict.class) {
    case 'deterministic':
      return `deterministic (${verdict.failed} of ${counted(verdict.runs, 'run')})`;
    case 'flaky': {
      const place = verdict.here === undefined ? '' : `, ${verdict.here} of them at the same step`;
      return `flaky (${verdict.failed} of ${counted(verdict.runs, 'run')}${place})`;
    }
    case 'not-reproduced':
      return `not reproduced (0 of ${counted(verdict.runs, 're-run')})`;
    case 'infrastructure':
      return `infrastructure: ${verdict.why}`;
  }
}
