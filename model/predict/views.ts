import type { StepOf } from '../../program/step.ts';
import { deadlines } from '../deadlines.ts';
import type { BoxExpect } from '../expect.ts';
import { boxesOf, findBox, realmOf } from '../lookup.ts';
import type { Prediction } from '../outcome.ts';
import { settled } from '../runs.ts';
import type { Box, World } from '../world.ts';
import { allow, done, refuse } from './shape.ts';

type State = BoxExpect['states'][number];

const statesOf = (box: Box): State[] => {
  switch (box.status) {
    case 'primed':
      return [
        { status: 'configured', code: null },
        { status: 'running', code: null },
      ];
    case 'ending':
      return [
        { status: 'stopped', code: box.code },
        { status: 'running', code: null },
      ];
    case 'failed':
      return [{ status: 'failed', code: 'any' }];
    case 'removed':
      return [];
    default:
      return [{ status: box.status, code: box.status === 'stopped' ? box.code : null }];
  }
};

/** What every view shows of a box now; all views agree (contract 8.10). */
export const boxExpect = (box: Box, states: readonly State[] = statesOf(box)): BoxExpect => ({
  handle: box.handle,
  name: box.name,
  states,
});

/** `inspect`, GET box. A read changes nothing, but it may show that a run has ended (contract 7.1). */
export function predictInspect(world: World, step: StepOf<'inspect'>): Prediction {
  const box = findBox(world, step.on, step.via);
  if (!box) return refuse('unknown-box', world, deadlines.readMs);
  const [first, ...rest] = statesOf(box).map((state) =>
    done(
      `shown:${state.status}`,
      box.status === 'ending' && state.status === 'stopped' ? settled(world, box.handle) : world,
      {
        is: 'box',
        box: boxExpect(box, [state]),
      },
    ),
  );
  return allow(deadlines.readMs, first as NonNullable<typeof first>, ...rest);
}

const running = (states: readonly State[]): State[] => states.filter((state) => state.status === 'running');

/** `list`: running boxes, with -a and over REST all of them (contract 2.7). */
export function predictList(world: World, step: StepOf<'list'>): Prediction | null {
  if (step.via === 'rest' && !step.all) return null;
  const shown: BoxExpect[] = [];
  const optional: BoxExpect[] = [];
  for (const box of boxesOf(world, realmOf(step.via))) {
    const states = statesOf(box);
    if (step.all) shown.push(boxExpect(box, states));
    else if (running(states).length === states.length) shown.push(boxExpect(box, states));
    else if (running(states).length > 0) optional.push(boxExpect(box, running(states)));
  }
  return allow(deadlines.readMs, done('listed', world, { is: 'boxes', boxes: shown, optional }));
}

/** Polls until the word has caught up with the end of the main command, within 3 s (contract 7.1). */
export function predictSettle(world: World, step: StepOf<'settle'>): Prediction | null {
  const box = findBox(world, step.on, step.via);
  if (box?.status !== 'ending') return null;
  const state = { status: 'stopped', code: box.code };
  const outcome = done('settled', settled(world, box.handle), { is: 'box', box: boxExpect(box, [state]) });
  return { ...allow(deadlines.readMs, outcome), pollMs: deadlines.settleMs };
}
