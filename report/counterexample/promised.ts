import { castOf } from '../../commands/cast.ts';
import { surfaceOf } from '../../model/refers.ts';
import { type Failure, isAfterRemoval } from '../../program/failure.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { promisesOf } from '../contract-sections.ts';
import { displayTitle } from '../shell/display.ts';
import { describeExpect } from '../text/expect.ts';
import { failureTitle } from '../text/failure.ts';
import { describeRefusal } from '../text/refusal.ts';

const LONGEST_TITLE = 120;

/** What was called, or looked at, and what is wrong with the answer. */
export function issueTitle(failure: Failure, program: Program): string {
  return `${failure.step ? called(program.steps[failure.at] ?? failure.step, program.steps.slice(0, failure.at)) : lookedAt(failure)}: ${failureDetail(failure)}`;
}

/** When an invariant was looked at that is about no single step. */
const lookedAt = (failure: Failure): string =>
  isAfterRemoval(failure) ? 'After every box was removed' : 'After the last step';

const called = (step: Step, before: readonly Step[]): string => displayTitle(step, castOf(before));

function failureDetail(failure: Failure): string {
  const detail = failure.kind === 'unexpected' ? failure.differences[0] : failure.detail;
  const line = ((detail ?? failureTitle(failure)).split('\n')[0] as string).replace(/ \([a-z-]+\)$/u, '');
  return line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE)}…` : line;
}

/** Each promise with its public source: who reads the draft upstream does not have docs/contract.md. */
export const promised = (failure: Failure): string =>
  promisesOf(failure)
    .map(({ promise, source }) => `- ${promise}\n  Source: ${source}`)
    .join('\n');

/** The answers that would have kept the promises; for an invariant, when it was looked at. */
export function expected(failure: Failure): string {
  if (failure.kind === 'unexpected') return expectedAnswers(failure);
  if (failure.step) return `Step ${failure.at + 1} breaks that${condition(failure)}.`;
  return `${lookedAt(failure)} this was looked at.`;
}

function expectedAnswers(failure: Extract<Failure, { kind: 'unexpected' }>): string {
  const via = surfaceOf(failure.step);
  const answers = failure.allowed.map(({ expect }) =>
    expect.is === 'refused' ? describeRefusal(expect.reason, via) : describeExpect(expect),
  );
  const lines = [...new Set(answers)].map((text) => `- ${text}`);
  return [`So step ${failure.at + 1}${condition(failure)} should have been answered by:`, ...lines].join(
    '\n',
  );
}

/** The state of what the step is about, with the two kinds of box explained. */
function condition({ situation }: Failure): string {
  const kinds = 'a job was given a command of its own, a sandbox was not';
  return ` (\`${situation}\`${/job|sandbox/u.test(situation) ? `: ${kinds}` : ''})`;
}
