import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { situationOf } from '../../commands/index.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isSame } from '../../model/same.ts';
import type { Box, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { type Stage, walks } from './fixtures/walks.ts';

/** One set of walks for all checks: drawing them costs more than judging them. */
const drawn = fc.sample(walks(), { numRuns: 250, seed: 1 });

/** Checks every stage; a failure names the step and the condition it was in. */
function along(check: (stage: Stage) => void): void {
  for (const stage of drawn.flat()) {
    try {
      check(stage);
    } catch (error) {
      const place = `${JSON.stringify(stage.step)} [${situationOf(stage.world, stage.step)}]`;
      throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
    }
  }
}

const isRefused = (outcome: Outcome): boolean => outcome.expect.is === 'refused';

/** Boxes a refusal may touch: the one it was about to make, and those whose first boot it fails (contract 2.2, 3.2). */
function mayChange(step: Step, box: Box): boolean {
  if (box.status === 'failed' && (step.op === 'start' || step.op === 'restart')) return true;
  const boots = step.op === 'start' || step.op === 'restart' || step.op === 'exec' || step.op === 'spawn';
  // A missing source is noticed in the box: cp has booted it by then, and its code is anybody's guess afterwards.
  const files = step.op === 'copy-out';
  if (step.op === 'attach-main') return step.on === box.handle && box.status === 'configured';
  return (boots || files) && 'on' in step && [step.on].flat().includes(box.handle);
}

const essence = ({ status, code, runs, disk, out, err, mounts }: Box) => ({
  status,
  code,
  runs,
  disk,
  out,
  err,
  mounts,
});

const situations = new Set([
  ...['job', 'sandbox'].flatMap((kind) =>
    ['configured', 'primed', 'running', 'ending', 'stopped', 'failed'].map((status) => `${kind}/${status}`),
  ),
  'never-made',
  'nameless',
  'removed',
  'other-home',
]);

describe('along random walks', () => {
  it('walks are long and take unusual turns', () => {
    const unusual = drawn.flat().filter(({ taken, prediction }) => taken !== prediction.outcomes[0]);
    expect(Math.max(...drawn.map((stages) => stages.length))).toBeGreaterThan(20);
    expect(unusual.length).toBeGreaterThan(20);
    expect(new Set(drawn.flat().map(({ step }) => step.op)).size).toBeGreaterThan(20);
  });

  it('worlds are plain data: they survive JSON', () => {
    along(({ taken }) => expect(JSON.parse(JSON.stringify(taken.next))).toEqual(taken.next));
  });

  it('predictions change nothing (the worlds are frozen), repeat themselves and have limits', () => {
    along(({ prediction }) => {
      expect(prediction.deadlineMs).toBeGreaterThan(0);
      expect(prediction.deadlineMs).toBeLessThanOrEqual(10 * 60_000);
      expect(prediction.pollMs ?? 0).toBeLessThanOrEqual(60_000);
    });
  });

  it('no two outcomes of a prediction are the same, and those of one label are the same case', () => {
    along(({ prediction, step }) => {
      const { outcomes } = prediction;
      const told = JSON.stringify(step);
      for (const [i, one] of outcomes.entries()) {
        expect(
          outcomes.slice(i + 1).some((other) => isSame(one, other)),
          `${told}: ${one.label}`,
        ).toBe(false);
        const kinds = outcomes.filter(({ label }) => label === one.label).map(({ expect: { is } }) => is);
        expect(new Set(kinds).size, `${told}: ${one.label}`).toBe(1);
      }
    });
  });

  it('a refused outcome changes no box but one that it boots on the way', () => {
    along(({ world, step, prediction }) => {
      for (const { next } of prediction.outcomes.filter(isRefused))
        for (const box of Object.values(world.boxes)) {
          const later = next.boxes[box.handle] as Box;
          if (!mayChange(step, box)) expect(essence(later), JSON.stringify(step)).toEqual(essence(box));
        }
    });
  });

  it('a read changes nothing but what is known', () => {
    along(({ world, step, prediction }) => {
      if (step.op !== 'list') return;
      for (const { next } of prediction.outcomes) expect(next).toEqual(world);
    });
  });

  it('handles are never used again, and stay', () => {
    along(({ world, step, taken }) => {
      for (const table of ['boxes', 'execs', 'attaches'] as const) {
        const before = Object.keys(world[table]);
        const later = Object.keys(taken.next[table]);
        expect(later).toEqual(expect.arrayContaining(before));
        const made = later.filter((handle) => !before.includes(handle));
        expect(made).toEqual(made.length === 0 ? [] : ['as' in step ? step.as : 'none']);
      }
    });
  });

  it('removed stays removed, and so do its executions', () => {
    along(({ world, taken }) => {
      const gone = Object.values(world.boxes).filter((box) => box.status === 'removed');
      for (const { handle } of gone) expect(taken.next.boxes[handle]?.status).toBe('removed');
      for (const exec of Object.values(world.execs).filter((exec) => exec.status === 'gone'))
        expect(taken.next.execs[exec.handle]?.status).toBe('gone');
    });
  });

  it('a code is there only when a run is over or a boot has failed', () => {
    along(({ taken }) => {
      for (const box of Object.values(taken.next.boxes))
        if (['configured', 'primed', 'running'].includes(box.status)) expect(box.code).toBeNull();
    });
  });

  it('what is done to one box never changes another', () => {
    along(({ world, step, taken }) => {
      if (!('on' in step) || step.op === 'attach-main') return;
      const about = [step.on].flat();
      for (const box of Object.values(world.boxes))
        if (!about.includes(box.handle)) expect(taken.next.boxes[box.handle]).toEqual(box);
    });
  });

  it('a slot is held by an attach that knows of it, or by the SDK that holds the execution', () => {
    along(({ taken: { next } }) => {
      for (const { handle, attachedBy, held } of Object.values(next.execs))
        if (attachedBy === null || attachedBy !== held?.via) holds(next, attachedBy, { exec: handle });
      for (const box of Object.values(next.boxes)) holds(next, box.attachedBy, { box: box.handle });
    });
  });

  it('every step has a situation, a short word without ids', () => {
    along(({ world, step }) => {
      const situation = situationOf(world, step);
      expect(situation).not.toMatch(/box\d|exec\d|att\d|undefined|null/);
      if (step.op === 'inspect' || step.op === 'exec')
        expect([...situations]).toContain(situation.replace(/~(?:live|rest)-copy$/u, ''));
    });
  });
});

function holds(world: World, attach: string | null, to: object): void {
  if (attach !== null) expect(world.attaches[attach]?.to).toMatchObject(to);
}
