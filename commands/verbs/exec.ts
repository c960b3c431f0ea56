import * as fc from 'fast-check';
import { z } from 'zod';
import type { Observation } from '../../domain/observation.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { predictExec } from '../../model/predict/exec.ts';
import { ofBox } from '../../model/situation.ts';
import type { World } from '../../model/world.ts';
import { fromAttach } from '../../runtime/normal-form/index.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { execArgs, execBody } from '../exec-args.ts';
import { by, oneBox } from '../fields.ts';
import { followToEnd } from '../follow.ts';
import { eachBox, spelled, surfaces } from '../pick.ts';
import { plainer, without, withSimplerWork } from '../shrink.ts';
import { boxPath } from '../spell.ts';
import type { StepContext } from '../step-context.ts';
import { files, finite, impossible, inputs, mountedFiles, TMP_FILE } from '../values.ts';
import type { StepWith } from '../verb.ts';

const shape = {
  ...oneBox,
  by,
  work: workSchema,
  stdin: z.string().optional(),
  /** REST only, seconds. */
  timeoutS: z.number().positive().optional(),
  /** Ask for a working directory that does not exist. */
  badWorkdir: z.boolean().optional(),
};
type ExecStep = StepWith<'exec', typeof shape>;

const cat: Work = { do: 'cat' };

/** Commands for any box; several of the one that reads, because much can happen to what it is fed. */
const works: Work[] = [...finite, cat, cat, cat, cat, cat, { do: 'open', gate: 'g1' }, ...impossible];

/** What may have gone wrong with this box in particular. */
function lookedFor(world: World, on: string): Work[] {
  const box = world.boxes[on];
  if (!box) return filesOf(files);
  const volumes = Object.values(world.boxes).some(({ mounts }) => mounts.length > 0);
  return [
    ...filesOf(box.mounts.length > 0 ? [...files, ...mountedFiles] : files),
    ...times(box.mounts.length > 1 ? 9 : volumes ? 4 : 1, [{ do: 'mounts' }]),
    ...times(box.kind === 'job' ? 9 : 1, [{ do: 'runs' }]),
    ...times(box.main?.do === 'gate' ? 4 : 0, [{ do: 'open', gate: 'g1' }]),
    ...times(4, Object.keys(box.disk).map(readOf)),
    ...times(box.runs > 1 ? 18 : 0, [readOf(TMP_FILE)]),
    ...times(box.runs > 1 ? 0 : 4, [...files, TMP_FILE].map(writeOf)),
  ];
}

const readOf = (path: string): Work => ({ do: 'read', path });
const writeOf = (path: string): Work => ({ do: 'write', path, data: `data of ${path}` });
const filesOf = (paths: readonly string[]): Work[] => [...paths.map(readOf), ...paths.map(writeOf)];

/** More of a kind is drawn more often. */
const times = (count: number, some: readonly Work[]): Work[] => Array(count).fill(some).flat();

/** Foreground exec; over REST: POST exec, attach, read to the end. */
export const exec = defineVerb({
  op: 'exec',
  shape,
  predict: predictExec,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(world, surfaces(context, 'cli', 'url', 'rest'), (via, on): ExecStep[] => [
      ...[...works, ...lookedFor(world, on)].map((work) => ({ op: 'exec' as const, via, on, work })),
      { op: 'exec', via, on, work: finite[0] as Work, badWorkdir: true },
      ...(via === 'rest'
        ? [{ op: 'exec' as const, via, on, work: { do: 'hold', out: 'up\n' } as Work, timeoutS: 1 }]
        : []),
    ]),
  vary: (step, world) => spelled(step, world).chain(fed),
  perform: (step, stepContext, deadlineMs) =>
    step.via === 'rest'
      ? overRest(step, stepContext, deadlineMs)
      : overCli(step, step.via, stepContext, deadlineMs),
  shrink: function* (step) {
    yield* without(step, 'stdin', 'badWorkdir', 'timeoutS');
    yield* withSimplerWork(step);
    yield* plainer(step);
  },
});

/** What is fed matters to a command that reads; now and then one that does not read is fed as well (#1593). */
function fed(step: ExecStep): fc.Arbitrary<ExecStep> {
  const some = step.work.do === 'cat' ? [undefined, ...inputs] : [undefined, undefined, 'unread\n'];
  return fc.constantFrom(...some).map((stdin) => (stdin === undefined ? step : { ...step, stdin }));
}

const overCli = (
  step: ExecStep,
  via: 'cli' | 'url',
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> =>
  callCli(stepContext, via, execArgs(step, stepContext, step.stdin === undefined ? [] : ['-i']), {
    expecting: 'ended',
    deadlineMs,
    stdin: step.stdin,
  });

async function overRest(step: ExecStep, stepContext: StepContext, deadlineMs: number): Promise<Observation> {
  const path = boxPath(stepContext, step.on, step.by);
  const request = { method: 'POST', path: `${path}/exec`, json: execBody(step) };
  const started = await callRest(stepContext, request, 'exec', deadlineMs);
  if (started.is !== 'done' || !started.id) return started;
  const options = { timeoutMs: deadlineMs, signal: stepContext.signal };
  const answer = await stepContext.session.attach(`${path}/executions/${started.id}/attach`, options);
  if (!('socket' in answer)) return fromAttach(answer);
  // Bytes JSON text cannot carry go in as frames; either way the command reads end-of-file at last.
  if (step.stdin) answer.socket.sendBinary(step.stdin);
  answer.socket.sendText('{"type":"stdin_eof"}');
  return followToEnd(answer.socket, deadlineMs, stepContext.signal);
}
