import { describe, expect, it } from 'vitest';
import type { refusals } from '../../model/reasons.ts';
import type { World } from '../../model/world.ts';
import type { Step, Surface } from '../../program/step.ts';
import { onward, outcome, reached, statusOf } from './fixtures/play.ts';
import {
  copyIn,
  create,
  exec,
  hold,
  inspect,
  missing,
  print,
  restart,
  rm,
  run,
  start,
  stop,
  surfaces,
} from './fixtures/steps.ts';

/**
 * The tables of contract 2.1 and 4.3, row by row: `J`/`S` boxes in each state, each on each surface that has
 * the verb. A job box is created over REST or left by a stop: the CLI's create takes no command.
 */
const places = (via: Surface): Record<string, World> => ({
  'S configured': reached(create(undefined, via)),
  'J configured': reached(create(hold)),
  'S running': reached(run(undefined, via)),
  'J running': reached(run(hold, via)),
  'S stopped': reached(run(undefined, via), stop(via)),
  'J stopped': reached(run(hold, via), stop(via)),
  'J failed': reached(run(missing, via)),
});

/** Their names: worlds are made inside the tests only, so that a mutant of the model is never mistaken for a constant. */
const placeNames = [
  'S configured',
  'J configured',
  'S running',
  'J running',
  'S stopped',
  'J stopped',
  'J failed',
] as const;

type Answer = 'ok' | keyof typeof refusals;
interface Row {
  verb: string;
  step: (via: Surface) => Step;
  vias?: readonly Surface[];
  cells: Record<string, readonly [answer: Answer, status: string]>;
}

const rows: Row[] = [
  {
    verb: 'start',
    step: (via) => start(via),
    cells: {
      'S configured': ['ok', 'running'],
      'J configured': ['ok', 'running'],
      'S running': ['ok', 'running'],
      'J running': ['ok', 'running'],
      'S stopped': ['ok', 'running'],
      'J stopped': ['ok', 'running'],
      'J failed': ['main-missing', 'failed'],
    },
  },
  {
    verb: 'stop',
    step: (via) => stop(via),
    cells: {
      'S configured': ['ok', 'configured'],
      'J configured': ['ok', 'configured'],
      'S running': ['ok', 'stopped'],
      'J running': ['ok', 'stopped'],
      'S stopped': ['ok', 'stopped'],
      'J stopped': ['ok', 'stopped'],
      'J failed': ['ok', 'stopped'],
    },
  },
  {
    verb: 'restart',
    step: (via) => restart(via as 'cli' | 'url'),
    vias: ['cli', 'url'],
    cells: {
      'S configured': ['ok', 'running'],
      'J configured': ['ok', 'running'],
      'S running': ['ok', 'running'],
      'J running': ['ok', 'running'],
      'S stopped': ['ok', 'running'],
      'J stopped': ['ok', 'running'],
      'J failed': ['main-missing', 'failed'],
    },
  },
  {
    verb: 'exec',
    step: (via) => exec(print('x'), via),
    cells: {
      'S configured': ['ok', 'running'],
      'J configured': ['guard-fresh', 'configured'],
      'S running': ['ok', 'running'],
      'J running': ['ok', 'running'],
      'S stopped': ['ok', 'running'],
      'J stopped': ['guard-ran', 'stopped'],
      'J failed': ['failed-box', 'failed'],
    },
  },
  {
    verb: 'cp',
    step: (via) => copyIn('/root/f1', via),
    vias: ['cli', 'url'],
    cells: {
      'S configured': ['ok', 'configured'],
      'J configured': ['guard-fresh', 'configured'],
      'S running': ['ok', 'running'],
      'J running': ['ok', 'running'],
      'S stopped': ['ok', 'stopped'],
      'J stopped': ['guard-ran', 'stopped'],
      'J failed': ['failed-box', 'failed'],
    },
  },
  {
    verb: 'PUT files',
    step: (via) => copyIn('/root/f1', via),
    vias: ['rest'],
    cells: {
      'S configured': ['ok', 'running'],
      'J configured': ['guard-fresh', 'configured'],
      'S running': ['ok', 'running'],
      'J running': ['ok', 'running'],
      'S stopped': ['ok', 'running'],
      'J stopped': ['guard-ran', 'stopped'],
      'J failed': ['failed-box', 'failed'],
    },
  },
  {
    verb: 'rm',
    step: (via) => rm(false, via),
    cells: {
      'S configured': ['ok', 'removed'],
      'J configured': ['ok', 'removed'],
      'S running': ['still-running', 'running'],
      'J running': ['still-running', 'running'],
      'S stopped': ['ok', 'removed'],
      'J stopped': ['ok', 'removed'],
      'J failed': ['ok', 'removed'],
    },
  },
  {
    verb: 'rm -f',
    step: (via) => rm(true, via),
    cells: Object.fromEntries(placeNames.map((place) => [place, ['ok', 'removed']])),
  },
  {
    verb: 'inspect',
    step: (via) => inspect(via),
    cells: Object.fromEntries(placeNames.map((place) => [place, ['ok', place.split(' ')[1] as string]])),
  },
];

const cases = rows.flatMap(({ verb, step, vias = surfaces, cells }) =>
  vias.flatMap((via) =>
    Object.entries(cells)
      .filter(([place]) => via !== 'cli' || place !== 'J configured')
      .map(([place, [answer, status]]) => ({ verb, via, place, answer, status, step: step(via) })),
  ),
);

describe('verb × state (contract 2.1, 4.3)', () => {
  it.each(cases)('$verb over $via of a box that is $place: $answer, then $status', (row) => {
    const { expect: told, next } = outcome(places(row.via)[row.place] as World, row.step);
    expect(told.is === 'refused' ? told.reason : 'ok').toBe(row.answer);
    expect(statusOf(next)).toBe(row.status);
  });

  it.each(
    rows.flatMap(({ verb, step, vias = surfaces }) => vias.map((via) => ({ verb, via, step: step(via) }))),
  )('$verb over $via of no box: not found', ({ step, via }) => {
    const ghosts: World[] = [
      reached(),
      reached(run(hold, via), rm(true, via)),
      reached(run(hold, via === 'cli' ? 'rest' : 'cli')),
    ];
    for (const world of ghosts)
      expect(outcome(world, step).expect).toEqual({ is: 'refused', reason: 'unknown-box' });
  });

  it('a new run clears the code, counts and loses tmpfs; a start of a running box does nothing', () => {
    const write = (path: string) => exec({ do: 'write', path, data: 'x' });
    const stopped = reached(run(hold), write('/tmp/f3'), write('/root/f1'), stop());
    const started = onward(stopped, start());
    expect(started.boxes.box1).toMatchObject({ code: null, runs: 2, disk: { '/root/f1': 'x' } });
    expect(started.boxes.box1?.disk).not.toHaveProperty('/tmp/f3');
    expect(onward(started, start())).toEqual(started);
  });

  it('cp leaves a stopped sandbox stopped, with the file on its disk', () => {
    const world = reached(run(undefined, 'cli'), stop('cli'), copyIn('/root/f1', 'cli'));
    expect(world.boxes.box1).toMatchObject({ status: 'stopped', runs: 1, disk: { '/root/f1': 'copied\0' } });
  });
});
