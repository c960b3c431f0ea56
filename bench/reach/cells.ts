import type { Outcome } from '../../model/outcome.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { rules } from '../../quality/bench.ts';
import { keyText } from '../../search/coverage/coverage-key.ts';
import { cellOfText, cellText, goalsOf, pairTexts } from '../../search/coverage/guide/goal.ts';
import { stateOf } from '../../search/coverage/guide/state.ts';

/** How finely the state of a box is told: the coverage table's situation, or the status of the box. */
export const stateLevels = ['situation', 'status'] as const;
export type StateLevel = (typeof stateLevels)[number];

/** Any two, and all three, of verb, surface and state, each with whether the step is refused. */
export interface CellSets {
  readonly pairs: ReadonlySet<string>;
  readonly triples: ReadonlySet<string>;
}

/** The goals a step is in, one for each box it names, as text. */
export const cellsOfStep = (world: World, step: Step, { label }: Outcome): string[] =>
  goalsOf(keyText(step, rules.situation(world, step), label)).map(cellText);

/** `legal`: steps the contract allows; `all`: refusals too. */
export const answerLevels = ['legal', 'all'] as const;
export type AnswerLevel = (typeof answerLevels)[number];

/** Pairs and triples of goals given as text. */
export function cellSets(goals: Iterable<string>, level: StateLevel, answers: AnswerLevel = 'all'): CellSets {
  const pairs = new Set<string>();
  const triples = new Set<string>();
  for (const text of goals) {
    const full = cellOfText(text);
    if (answers === 'legal' && full.answer === 'refused') continue;
    const cell = level === 'situation' ? full : { ...full, situation: stateOf(full.situation) };
    triples.add(cellText(cell));
    for (const pair of pairTexts(cell)) pairs.add(pair);
  }
  return { pairs, triples };
}
