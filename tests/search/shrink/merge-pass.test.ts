import { expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Program } from '../../../program/program.ts';
import type { Step } from '../../../program/step.ts';
import { shrinkProgram } from '../../../search/shrink/driver.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { mergePass } from '../../../search/shrink/merge-pass.ts';

const work = { do: 'print', out: '', err: '', code: 3 } as const;
const nothing = { do: 'print', out: '', err: '', code: 0 } as const;
const refused: Step = { op: 'inspect', via: 'url', on: '?nobody' };

const programOf = (steps: Step[]): Program => ({ format: 1, contract: rules.profile.id, steps }) as Program;

const shrunkFrom = async (steps: Step[], failureOf: (program: Program) => Failure | null) => {
  const program = programOf(steps);
  const failure = failureOf(program);
  if (!failure) throw new Error('it does not fail');
  const shrunk = await shrinkProgram({
    program,
    failure,
    reproduce: async (candidate) => failureOf(candidate),
    budget: { runs: 200, seconds: 60 },
    rules,
    signal: new AbortController().signal,
  });
  return shrunk.program.steps.map(({ op }) => op);
};

type Unexpected = Extract<Failure, { kind: 'unexpected' }>;

/** Programs fail at the first step that hits, in the way that is told of it. */
const unexpectedAt =
  (
    isHit: (step: Step) => boolean,
    howOf: (step: Step) => Pick<Unexpected, 'allowed' | 'seen' | 'situation'>,
  ) =>
  ({ steps }: Program): Failure | null => {
    const at = steps.findIndex(isHit);
    const step = steps[at];
    return step ? { kind: 'unexpected', at, step, differences: [], ...howOf(step) } : null;
  };

/** A view is wrong as soon as a box that stood still is up again; a refused step notices it, or the end. */
const bootedTwice = ({ steps }: Program): Failure | null => {
  const stops = steps.findIndex(({ op }) => op === 'stop');
  const boots = steps.findIndex(
    ({ op }, index) => op === 'restart' || (op === 'start' && stops >= 0 && index > stops),
  );
  if (boots < 0) return null;
  const at = steps.findIndex((step, index) => index > boots && 'on' in step && step.on === '?nobody');
  const detail = 'box1 shows code 3 instead of none';
  return at < 0
    ? { kind: 'oracle', oracle: 'views-disagree', at: steps.length, step: null, detail, situation: 'any' }
    : {
        kind: 'oracle',
        oracle: 'refusal-changed-state',
        at,
        step: steps[at] as Step,
        detail,
        situation: 'never-made',
      };
};

it('takes stop and start for a restart, and does not keep the step that only noticed', async () => {
  const steps: Step[] = [
    { op: 'run', via: 'url', as: 'box1' },
    { op: 'stop', via: 'url', on: ['box1'] },
    { op: 'start', via: 'url', on: ['box1'] },
    refused,
  ];
  expect(await shrunkFrom(steps, bootedTwice)).toEqual(['run', 'restart']);
});

it('takes a foreground run that is started again for a run', async () => {
  const up = unexpectedAt(
    ({ op }) => op === 'settle',
    () => ({
      allowed: [{ label: 'settled', expect: { is: 'acted' } as never }],
      seen: { is: 'box', box: { status: 'failed' } } as never,
      situation: 'job/ending',
    }),
  );
  const steps: Step[] = [
    { op: 'foreground', via: 'cli', as: 'box1', main: work },
    { op: 'restart', via: 'cli', on: ['box1'] },
    { op: 'settle', via: 'cli', on: 'box1' },
  ];
  expect(await shrunkFrom(steps, up)).toEqual(['run', 'settle']);
});

/** Code 3 comes out as 1, in a running box and in one of its own. */
const flattened = unexpectedAt(
  (step) =>
    (step.op === 'exec' && step.work.do === 'print' && step.work.code === 3) ||
    (step.op === 'foreground' && step.main.do === 'print' && step.main.code === 3),
  ({ op }) => ({
    allowed: [
      { label: 'ran', expect: { is: 'ended', codes: [3], out: { exactly: '' }, err: { exactly: '' } } },
    ],
    seen: { is: 'ended', code: 1, out: '', err: '' },
    situation: op === 'exec' ? 'sandbox/running' : 'job:print',
  }),
);

it('takes an exec for a box of its own, where that shows the same', async () => {
  const steps: Step[] = [
    { op: 'create', via: 'cli', as: 'box1' },
    { op: 'exec', via: 'cli', on: 'box1', work: nothing },
    { op: 'exec', via: 'cli', on: 'box1', work },
  ];
  expect(await shrunkFrom(steps, flattened)).toEqual(['foreground']);
  const onlyExec = (program: Program): Failure | null => {
    const failure = flattened(program);
    return failure?.step?.op === 'exec' ? failure : null;
  };
  expect(await shrunkFrom(steps, onlyExec)).toEqual(['run', 'exec']);
});

it('takes a box that is made and removed for a run with --rm', async () => {
  const batch = unexpectedAt(
    (step) => step.op === 'stop' && step.on.length === 2,
    () => ({
      allowed: [{ label: 'batch', expect: { is: 'batch' } as never }],
      seen: { is: 'done' } as never,
      situation: 'removed+sandbox/running',
    }),
  );
  const steps: Step[] = [
    { op: 'run', via: 'cli', as: 'box1' },
    { op: 'rm', via: 'cli', on: ['box1'], force: true },
    { op: 'run', via: 'cli', as: 'box2' },
    { op: 'stop', via: 'cli', on: ['box1', 'box2'] },
  ];
  const isGone = (step: Step): boolean => step.op === 'rm' || (step.op === 'foreground' && step.rm === true);
  const ofOneGone = (program: Program) => (program.steps.some(isGone) ? batch(program) : null);
  expect(await shrunkFrom(steps, ofOneGone)).toEqual(['foreground', 'run', 'stop']);
});

it('takes a client that reads to the end for a wait', async () => {
  const byName = unexpectedAt(
    (step) => step.op === 'attach' && step.by === 'name',
    () => ({
      allowed: [{ label: 'attached', expect: { is: 'attached' } as never }],
      seen: { is: 'done' } as never,
      situation: 'exec/completed@running',
    }),
  );
  const isOver = ({ steps }: Program): boolean => steps.some(({ op }) => op === 'read' || op === 'wait');
  const steps: Step[] = [
    { op: 'run', via: 'rest', as: 'box1', name: 'alpha' },
    { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: nothing },
    { op: 'attach', as: 'att1', exec: 'exec1' },
    { op: 'read', attach: 'att1' },
    { op: 'attach', as: 'att2', exec: 'exec1', by: 'name' },
  ];
  const once = (program: Program) => (isOver(program) ? byName(program) : null);
  expect(await shrunkFrom(steps, once)).toEqual(['run', 'spawn', 'wait', 'attach']);
});

it('takes a box that is only booted for a run', async () => {
  const left = ({ steps }: Program): Failure | null =>
    steps.some(({ op }) => op === 'attach-main' || op === 'run')
      ? {
          kind: 'oracle',
          oracle: 'leak',
          at: steps.length,
          step: null,
          detail: 'left behind: process vm',
          situation: 'any',
        }
      : null;
  const steps: Step[] = [
    { op: 'create', via: 'rest', as: 'box1' },
    { op: 'attach-main', as: 'att1', on: 'box1' },
  ];
  expect(await shrunkFrom(steps, left)).toEqual(['run']);
});

it('makes nothing of a create that is refused for its body: no other verb has that field', () => {
  const made: Step = { op: 'create', via: 'rest', as: 'box1' };
  const isMerged = (create: Step): boolean => {
    const steps: Step[] = [create, { op: 'start', via: 'rest', on: ['box1'] }];
    return mergePass(jobOf(rules, steps, null), null).next(false).done !== true;
  };
  expect(isMerged(made)).toBe(true);
  expect(isMerged({ ...made, flaw: 'unknown-key' })).toBe(false);
});
