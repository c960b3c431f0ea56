import * as fc from 'fast-check';
import { z } from 'zod';
import { type Work, workSchema } from '../../domain/work.ts';
import { predictExec } from '../../model/predict/exec.ts';
import type { Refers } from '../../model/refers.ts';
import { ofBox } from '../../model/situation.ts';
import type { World } from '../../model/world.ts';
import type { Call } from '../calls.ts';
import { fed } from '../create-calls.ts';
import { defineVerb } from '../define.ts';
import { execByRest, execWords } from '../exec-calls.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { eachBox, running, spelled, surfaces } from '../pick.ts';
import { plainer, without, withSimplerWork } from '../shrink.ts';
import { files, finite, impossible, inputs, mountedFiles, TMP_FILE } from '../values.ts';
import type { StepWith } from '../verb.ts';
import { workDetail } from '../work-detail.ts';

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
  effect: 'enters',
  toTheEnd: true,
  weight: 10,
  refusals: 5,
  contract: { cli: ['2.4', '2.1'], rest: ['5.1', '4.3'] },
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
  vary: (step, world) => spelled(step, world).chain(maybeFed),
  calls: (step) => (step.via === 'rest' ? overRest(step) : [overCli(step, step.via)]),
  shrink: function* (step) {
    yield* without(step, 'stdin', 'badWorkdir', 'timeoutS');
    yield* withSimplerWork(step);
    yield* plainer(step);
  },
  alone: ({ via, work: main, stdin, badWorkdir, timeoutS }, maker) =>
    badWorkdir || timeoutS !== undefined
      ? null
      : ({ ...maker, op: 'foreground', via, main, ...(stdin === undefined ? {} : { stdin }) } as Refers),
  detail: ({ work, badWorkdir }) => workDetail(work) + (badWorkdir ? '!' : ''),
  owed: (world) => running(world).some(({ runs }) => runs > 1),
});

/** What is fed matters to a command that reads; now and then one that does not read is fed as well (#1593). */
function maybeFed(step: ExecStep): fc.Arbitrary<ExecStep> {
  const some = step.work.do === 'cat' ? [undefined, ...inputs] : [undefined, undefined, 'unread\n'];
  return fc.constantFrom(...some).map((stdin) => (stdin === undefined ? step : { ...step, stdin }));
}

const overCli = (step: ExecStep, via: 'cli' | 'url'): Call => ({
  call: 'cli',
  via,
  words: execWords(step, via, step.stdin === undefined ? [] : ['-i']),
  stdin: step.stdin,
  expecting: 'ended',
});

const overRest = (step: ExecStep): Call[] => [
  execByRest(step),
  { call: 'open', path: boxPath(step, '/executions/', { $: 'told' }, '/attach') },
  fed(step.stdin),
  { call: 'follow' },
];
