import { execHandle } from '../../domain/handle.ts';
import { processOptions } from '../../domain/options.ts';
import { servedPort } from '../../domain/port.ts';
import { isCli, isSdk } from '../../domain/surface.ts';
import { type Work, workSchema } from '../../domain/work.ts';
import { predictSpawn } from '../../model/predict/exec.ts';
import { cli } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { execByRest, execBySdk, execWords } from '../exec-calls.ts';
import { by, oneBox, tty } from '../fields.ts';
import { sized } from '../fills.ts';
import { ofProcess } from '../option-values.ts';
import { isPossibleIn, maybeOptions, simplerOptions } from '../options.ts';
import { without, withSimplerWork } from '../shrink.ts';
import { finite, impossible, lasting, leaving, terminals } from '../values.ts';

const works: Work[] = [...lasting, ...leaving, { do: 'cat' }, ...finite.slice(-10), ...impossible];

/** How much oftener one of them is drawn: what another step can act on, and output that nobody may follow. */
const oftener: Partial<Record<Work['do'], number>> = { terminal: 5, flood: 5, cat: 3, serve: 20 };

/** exec -d, POST exec: started, not waited for. */
export const spawn = defineVerb({
  op: 'spawn',
  shape: { ...oneBox, by, as: execHandle, work: workSchema, tty, ...processOptions },
  makes: 'exec',
  effect: 'enters',
  weight: 7,
  themes: { streams: 7, conversation: 4, executions: 9, outputs: 2, recovery: 7, usage: 4, ports: 6 },
  refusals: 0.5,
  contract: { cli: ['2.4', '2.1'], rest: ['5.1', '4.3'] },
  predict: predictSpawn,
  forms: ({ via, on }, world) => [
    ...works.map((work) => ({ work })),
    // Only a port that is published shows that it is served.
    ...(world.boxes[on]?.options.ports ?? []).flatMap(({ box: port }) =>
      servedPort.safeParse(port).success ? [{ work: { do: 'serve', port } as const }] : [],
    ),
    ...(via === 'rest' ? [...lasting.slice(1, 2), ...terminals].map((work) => ({ work, tty: true })) : []),
  ],
  vary: (step, world) =>
    sized(step).chain((each) => maybeOptions(each, each.work, ofProcess(each.via), isPossibleIn(world))),
  likely: ({ work }) => oftener[work.do] ?? 1,
  calls: (step) => {
    const { via, as } = step;
    if (isCli(via)) return [cli(via, execWords(step, via, ['-d']), 'done', { untold: true })];
    return [{ ...(isSdk(via) ? execBySdk(step, via, 'spawn') : execByRest(step)), as }];
  },
  shrink: function* (step) {
    yield* without(step, 'tty');
    yield* simplerOptions(step, step.work);
    yield* withSimplerWork(step);
  },
  detail: ({ work, tty }) => work.do + (tty ? ' tty' : ''),
});
