import type { StepOf } from '../../program/step.ts';
import { deadlines } from '../deadlines.ts';
import { withBox } from '../edit.ts';
import type { BoxExpect } from '../expect.ts';
import { findBox } from '../lookup.ts';
import type { Outcome, Prediction } from '../outcome.ts';
import type { Reason } from '../reasons.ts';
import { endRun, failRun, removeBox, startRun, stopCode } from '../runs.ts';
import type { Box, World } from '../world.ts';
import { mainRefusal } from './creation.ts';
import { done, refused } from './shape.ts';
import { boxExpect } from './views.ts';

type Power = StepOf<'start'> | StepOf<'stop'> | StepOf<'restart'> | StepOf<'rm'>;
type One = (world: World, box: Box, step: Power) => Outcome[];

const boot: One = (world, box) => {
  const next = startRun(world, box.handle);
  return [next ? done('started', next) : refused(mainRefusal(box), failRun(world, box.handle))];
};

const start: One = (world, box, step) =>
  box.status === 'running' ? [done('already', world)] : boot(world, box, step);

/** `stop` of a run that already ended keeps its code; Configured stays Configured (contract 2.1, 3.3). */
const stop: One = (world, box) => {
  const { handle, status } = box;
  if (status === 'configured' || status === 'stopped') return [done('no-effect', world)];
  if (status === 'failed')
    return [done('stopped', withBox(world, handle, { status: 'stopped', code: 'any' }))];
  if (status === 'primed') return [done('stopped', endRun(world, handle, 'any'))];
  if (status === 'ending') return [done('stopped', endRun(world, handle, box.code))];
  // The handler of a main command that was just started may not be in place yet: then KILL gives 137.
  const code = box.main?.do === 'hold' && box.main.onTerm !== undefined ? 'any' : stopCode(box);
  return [done('stopped', endRun(world, handle, code))];
};

const restart: One = (world, box, step) => {
  const down = box.status === 'running' || box.status === 'ending' ? endRun(world, box.handle, 'any') : world;
  return boot(down, down.boxes[box.handle] as Box, step);
};

const rm: One = (world, box, step) => {
  const gone = done('removed', removeBox(world, box.handle));
  if (step.op === 'rm' && step.force) return [gone];
  if (box.status === 'running') return [refused('still-running', world)];
  return box.status === 'ending' ? [gone, refused('still-running', world)] : [gone];
};

const rules: Record<Power['op'], { one: One; deadlineMs: number }> = {
  start: { one: start, deadlineMs: deadlines.bootMs },
  stop: { one: stop, deadlineMs: deadlines.stopMs },
  restart: { one: restart, deadlineMs: deadlines.bootMs + deadlines.stopMs },
  rm: { one: rm, deadlineMs: deadlines.removeMs },
};

/** start, stop, restart, rm of one or several boxes: targets are independent (contract 2.5, 2.6). */
export function predictPower(world: World, step: Power): Prediction | null {
  const { one, deadlineMs } = rules[step.op];
  if (step.via === 'rest' && step.on.length > 1) return null;
  const silent = step.on.some(
    (ref) => findBox(world, ref, step.via)?.status === 'primed' && step.op === 'restart',
  );
  if (silent) return null;
  let paths: { world: World; each: Outcome[] }[] = [{ world, each: [] }];
  for (const ref of step.on) {
    paths = paths.flatMap((path) => {
      const box = findBox(path.world, ref, step.via);
      const outcomes = box ? one(path.world, box, step) : [refused('unknown-box', path.world)];
      return outcomes.map((outcome) => ({ world: outcome.next, each: [...path.each, outcome] }));
    });
  }
  const outcomes = paths.map((path) => (step.on.length === 1 ? single(path, step) : batch(path)));
  return { outcomes: outcomes as [Outcome, ...Outcome[]], deadlineMs: deadlineMs * step.on.length };
}

/** One target: REST start and stop also tell the box (contract 4.2). */
function single(path: { world: World; each: Outcome[] }, step: Power): Outcome {
  const outcome = path.each[0] as Outcome;
  if (outcome.expect.is !== 'done' || step.op === 'rm' || step.via !== 'rest') return outcome;
  return {
    ...outcome,
    expect: { is: 'done', box: answered(path.world.boxes[step.on[0] as string] as Box, step.op) },
  };
}

/** A start answers `running` even if the command has ended meanwhile. */
function answered(box: Box, op: Power['op']): BoxExpect {
  const told = boxExpect(box);
  return op === 'start' ? { ...told, states: [{ status: 'running', code: 'any' }, ...told.states] } : told;
}

function batch(path: { world: World; each: Outcome[] }): Outcome {
  const each = path.each.map(({ expect }) =>
    expect.is === 'refused' ? { ok: false, reason: expect.reason as Reason } : { ok: true },
  );
  const label = `batch:${path.each.map((outcome) => outcome.label).join(',')}`;
  return { label, expect: { is: 'batch', each }, next: path.world };
}
