import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { predict, type Rules } from '../worlds/rules.ts';

/** What the contract says of one step of a program, in the world the program usually has led to. */
export interface Answer {
  readonly world: World;
  readonly label: string;
  readonly situation: string;
  readonly refused: boolean;
}

/** The usual answer to each step; the list ends before a step the contract says nothing of. */
export function answersOf(rules: Rules, steps: readonly Step[]): Answer[] {
  const answers: Answer[] = [];
  let world = emptyWorld;
  for (const step of steps) {
    const usual = predict(rules, world, step)?.outcomes[0];
    if (!usual) break;
    const { label, expect } = usual;
    answers.push({ world, label, situation: rules.situation(world, step), refused: expect.is === 'refused' });
    world = usual.next;
  }
  return answers;
}
