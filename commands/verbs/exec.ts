import * as fc from 'fast-check';
import { z } from 'zod';
import { data, expanded } from '../../domain/fill.ts';
import { processOptions } from '../../domain/options.ts';
import { isCli, isSdk } from '../../domain/surface.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { predictExec } from '../../model/predict/exec.ts';
import type { Refers } from '../../model/refers.ts';
import type { World } from '../../model/world.ts';
import { weighted } from '../balance.ts';
import { type Call, cli } from '../calls.ts';
import { fed } from '../create-calls.ts';
import { defineVerb } from '../define.ts';
import { execByRest, execBySdk, execWords } from '../exec-calls.ts';
import { isTelling, weightOf } from '../exec-weights.ts';
import { by, oneBox, terminal, tty } from '../fields.ts';
import { feeds, sized } from '../fills.ts';
import { ofProcess, unknownUsers } from '../option-values.ts';
import { isPossibleIn, maybeOptions, simplerOptions } from '../options.ts';
import { boxPath } from '../paths.ts';
import { running } from '../pick.ts';
import { simplerInput, without, withSimplerWork } from '../shrink.ts';
import { onTerminals, simplerTerminal, terminalFlags } from '../terminals.ts';
import { files, filesIn, finite, impossible, leaving, showing, writingLines } from '../values.ts';
import type { StepWith } from '../verb.ts';
import { workDetail } from '../work.ts';

const shape = {
  ...oneBox,
  by,
  work: workSchema,
  stdin: data.optional(),
  /** REST only, seconds. */
  timeoutS: z.number().positive().max(86_400).optional(),
  tty,
  terminal,
  ...processOptions,
};
type ExecStep = StepWith<'exec', typeof shape>;

/** Commands for any box. */
const works: Work[] = [
  ...finite,
  ...showing,
  ...leaving,
  ...(['cat', 'mounts', 'runs'] as const).map((it): Work => ({ do: it })),
  { do: 'open', gate: 'g1' },
  ...impossible,
];

/** What a deadline has to end. */
const timed: Work[] = [
  { do: 'hold', out: 'up\n' },
  { do: 'hold', out: 'up\n', forks: true },
  { do: 'hold', out: 'up\n', onTerm: 'ignored' },
];

/** Seconds that no command here needs: who gives some wants no more than an end of what hangs. */
const generous = [60, 900, 7_200, 86_400];

const byRestAlone: Pick<ExecStep, 'work' | 'timeoutS' | 'tty'>[] = [
  ...timed.map((work) => ({ work, timeoutS: 1 })),
  ...generous.map((timeoutS) => ({ work: finite[0] as Work, timeoutS })),
  ...writingLines.map((work) => ({ work, tty: true })),
];

/** Files that may be there, or are. */
function pathsIn(world: World, on: string): string[] {
  const box = world.boxes[on];
  const mounted = box?.mounts.flatMap(filesIn) ?? [];
  return [...new Set([...files, ...mounted, ...Object.keys(box?.disk ?? {})])];
}

/** Root looks at what was copied with its permissions, whoever else the box is for. */
function modesIn(world: World, on: string): { work: Work; user?: 'root' }[] {
  const box = world.boxes[on];
  return Object.keys(box?.modes ?? {}).map((path) => ({
    work: { do: 'mode', path },
    ...(box?.options.user && { user: 'root' as const }),
  }));
}

const filesOf = (paths: readonly string[]): Work[] => [
  ...paths.map((path): Work => ({ do: 'read', path })),
  ...paths.map((path): Work => ({ do: 'write', path, data: `data of ${path}` })),
];

/** Foreground exec; over REST: POST exec, attach, read to the end. */
export const exec = defineVerb({
  op: 'exec',
  shape,
  effect: 'enters',
  toTheEnd: true,
  weight: 10,
  themes: {
    outputs: 30,
    memory: 12,
    'main session': 4,
    files: 10,
    volumes: 10,
    options: 24,
    refusals: 10,
    recovery: 10,
    lifecycle: 10,
    usage: 6,
    copies: 26,
    snapshots: 24,
    executions: 2,
    network: 24,
  },
  refusals: 5,
  contract: { cli: ['2.4', '2.1'], rest: ['5.1', '4.3'] },
  predict: predictExec,
  forms: ({ via, on }, world) => [
    ...[...works, ...filesOf(pathsIn(world, on))].map((work) => ({ work })),
    ...modesIn(world, on),
    { work: finite[0] as Work, badWorkdir: true },
    ...(isSdk(via) ? [] : unknownUsers).map((user) => ({ work: finite[0] as Work, user })),
    ...(via === 'rest' ? byRestAlone : []),
    ...(isCli(via) ? onTerminals : []),
  ],
  vary: (step, world) =>
    sized(step)
      .chain(maybeFed)
      .chain((each) => maybeOptions(each, each.work, ofProcess(each.via), isPossibleIn(world), 2)),
  likely: ({ on, work, badWorkdir, timeoutS, user, tty }, world) => {
    if (work.do === 'mode') return 60;
    return badWorkdir || timeoutS || user || tty ? 1 : weightOf(work, world.boxes[on], world);
  },
  calls: (step) => {
    if (isCli(step.via)) return [overCli(step, step.via)];
    return isSdk(step.via) ? [execBySdk(step, step.via, 'execute')] : overRest(step);
  },
  shrink: function* (step) {
    yield* simplerTerminal(step, 'work');
    yield* without(step, 'stdin', 'timeoutS');
    yield* simplerInput(step);
    yield* simplerOptions(step, step.work);
    yield* withSimplerWork(step);
  },
  alone: ({ op: _op, on: _on, by: _by, work: main, timeoutS, ...asked }, maker) =>
    asked.badWorkdir || timeoutS !== undefined || (asked.tty && !asked.terminal)
      ? null
      : ({ ...maker, op: 'foreground', main, ...asked } as Refers),
  detail: ({ work, badWorkdir, tty }) => workDetail(work) + (badWorkdir ? '!' : '') + (tty ? ' tty' : ''),
  urge: ({ boxes }) => (Object.values(boxes).some(isTelling) ? 12 : 1),
  owed: (world) => running(world).some(({ runs }) => runs > 1),
});

/** What is fed matters to a command that reads; now and then one that does not read is fed as well (#1593). */
function maybeFed(step: ExecStep): fc.Arbitrary<ExecStep> {
  if (step.tty) return fc.constant(step);
  const unread = weighted([
    [undefined, 2],
    ['unread\n', 1],
  ] as const);
  const stdins = step.work.do === 'cat' ? feeds : unread;
  return stdins.map((stdin) => (stdin === undefined ? step : { ...step, stdin }));
}

const overCli = (step: ExecStep, via: 'cli' | 'url'): Call =>
  cli(via, execWords(step, via, terminalFlags(step)), 'ended', {
    stdin: step.stdin && expanded(step.stdin),
    terminal: step.terminal,
  });

const overRest = (step: ExecStep): Call[] => [
  execByRest(step),
  { call: 'open', path: boxPath(step, '/executions/', { $: 'told' }, '/attach') },
  ...(step.tty ? [] : [fed(step.stdin)]),
  { call: 'follow' },
];
