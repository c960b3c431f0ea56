import { verbs } from '../../../commands/index.ts';
import { surfaceOf } from '../../../model/refers.ts';
import type { Step } from '../../../program/step.ts';

const SEPARATOR = ' | ';

/** What a step is counted under, as one line of text: verb, surface, situation of what it is about, label of the answer. */
export const keyText = (step: Step, situation: string, label: string): string =>
  [step.op, surfaceOf(step), situation, label].join(SEPARATOR);

/** Verbs that take several boxes: their situations and labels are lists. */
const batches: ReadonlySet<string> = new Set(
  Object.values(verbs).flatMap(({ op, about }) => (about === 'boxes' ? [op] : [])),
);

/** What is to be covered: a verb over a surface on something in a situation, allowed or refused. */
export interface CoverageGoal {
  readonly op: string;
  readonly via: string;
  readonly situation: string;
  readonly answer: 'allowed' | 'refused';
}

/**
 * Gives the coverage goals of a coverage key, one for each situation that a step with several boxes meets. An answer
 * that the contract does not give (a known divergence, a disagreement) counts as both: the goal was tried.
 */
export function goalsOf(key: string): CoverageGoal[] {
  const [op = '', via = '', situation = '', ...rest] = key.split(SEPARATOR);
  const outcome = rest.join(SEPARATOR);
  if (!batches.has(op)) return answersOf(outcome).map((answer) => ({ op, via, situation, answer }));
  const labels = outcome.startsWith('batch:') ? outcome.slice('batch:'.length).split(',') : null;
  const situations = situation.split('+');
  return situations.flatMap((each, i) =>
    // The same situation again may be the same box again, which is no longer in it.
    situations.indexOf(each) < i
      ? []
      : answersOf(labels?.[i] ?? outcome).map((answer) => ({ op, via, situation: each, answer })),
  );
}

/** A coverage goal as one line of text. */
export const goalText = ({ op, via, situation, answer }: CoverageGoal): string =>
  [op, via, situation, answer].join(SEPARATOR);

/** The coverage goal of a line of text. */
export function goalOfText(text: string): CoverageGoal {
  const [op = '', via = '', situation = '', answer] = text.split(SEPARATOR);
  return { op, via, situation, answer: answer === 'refused' ? 'refused' : 'allowed' };
}

/** Any two of verb, surface and situation, each with whether the step is refused, as lines of text. */
export const pairTexts = ({ op, via, situation, answer }: CoverageGoal): string[] =>
  [
    [op, via, '*'],
    [op, '*', situation],
    ['*', via, situation],
  ].map((two) => [...two, answer].join(SEPARATOR));

function answersOf(label: string): readonly CoverageGoal['answer'][] {
  if (label.startsWith('refused:')) return ['refused'];
  return label === 'disagreed' || label.startsWith('known:') ? ['allowed', 'refused'] : ['allowed'];
}
