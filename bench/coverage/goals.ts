import { goalOfText, pairTexts } from '../../search/coverage/guide/goal.ts';

/** Which coverage goals count: those of steps the contract allows, or those of refusals too. */
export const answerLevels = ['legal', 'all'] as const;
export type AnswerLevel = (typeof answerLevels)[number];

/** Any two, and all three, of verb, surface and situation, each with whether the step is refused. */
export interface GoalSets {
  readonly pairs: ReadonlySet<string>;
  readonly triples: ReadonlySet<string>;
}

/** Pairs and triples of coverage goals given as text. */
export function goalSets(texts: Iterable<string>, answers: AnswerLevel): GoalSets {
  const goals = [...texts].map((text) => ({ text, goal: goalOfText(text) }));
  const counted = goals.filter(({ goal }) => answers === 'all' || goal.answer === 'allowed');
  return {
    pairs: new Set(counted.flatMap(({ goal }) => pairTexts(goal))),
    triples: new Set(counted.map(({ text }) => text)),
  };
}
