import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predict, situationOf, verbs } from '../../commands/index.ts';
import type { Outcome } from '../../model/outcome.ts';
import { firstPossibles, MAX_WORLDS, type Possible, type Possibles } from '../../model/possible.ts';
import { newestProfile } from '../../model/profile.ts';
import { isSame } from '../../model/same.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { type Advanced, advance, type Seen, type StepInWorlds } from '../../run/advance.ts';
import { ProgramArbitrary } from '../../search/generate/program-arbitrary.ts';
import { rulesOf } from '../../search/worlds/rules.ts';
import { worldBeside } from '../../verdict/known/world-after.ts';
import type { KnownDivergence, StepInWorld } from '../../verdict/known.ts';
import { markOf } from './fixtures/runs.ts';

const rules = rulesOf(verbs, newestProfile);
/** A program, and two numbers a step by which the truth takes one of the allowed ways. */
const walks = () =>
  fc.tuple(
    new ProgramArbitrary(rules, { surfaces: new Set(['cli', 'url', 'rest']) }),
    fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }),
  );
type Walk = readonly [{ readonly steps: readonly Step[] }, readonly number[]];

const inWorlds = (
  worlds: Possibles,
  step: Step,
  at: number,
  marks: readonly KnownDivergence[],
): StepInWorlds => {
  const inWorld = (possible: Possible): StepInWorld => ({
    possible,
    step,
    at,
    marks: marks.filter(({ op }) => op === step.op),
    situation: situationOf(possible.world, step),
    prediction: predict(possible.world, step, newestProfile),
  });
  const [first, ...others] = worlds;
  return [inWorld(first), ...others.map(inWorld)];
};

/** The answer of a runtime that took one of the allowed ways; nobody sees which world it leads to. */
const answerOf = ({ expect: told }: Outcome): Seen => ({
  fits: (outcome) => isSame(outcome.expect, told),
  differences: (outcome) => (isSame(outcome.expect, told) ? [] : ['another answer']),
  shows: () => true,
  lookedMs: null,
  mayBecome: () => true,
});

const nonsense: Seen = {
  fits: () => false,
  shows: () => false,
  differences: ({ label }) => [...label],
  lookedMs: null,
  mayBecome: () => true,
};

interface Point {
  truth: World;
  places: StepInWorlds;
  outcome: Outcome;
  advanced: Advanced;
}

/** Follows a walk: the truth goes its way, and the set of worlds follows the answers. */
function along([{ steps }, choices]: Walk, look: (point: Point) => void): void {
  let truth: World = emptyWorld;
  let worlds: Possibles = firstPossibles;
  for (const [at, step] of steps.entries()) {
    const outcomes = predict(truth, step, newestProfile)?.outcomes;
    if (!outcomes) return;
    const choice = choices[2 * at] ?? 0;
    const outcome = outcomes[choice % outcomes.length] as Outcome;
    const places = inWorlds(worlds, step, at, []);
    const advanced = advance(places, answerOf(outcome));
    truth = outcome.next;
    look({ truth, places, outcome, advanced });
    if (advanced.is !== 'possible') return;
    worlds = advanced.worlds;
  }
}

describe('the worlds that are left after an answer', () => {
  it('always hold the true one, whichever of the allowed ways the runtime takes', () => {
    fc.assert(
      fc.property(walks(), (walk) =>
        along(walk, ({ truth, advanced }) => {
          if (advanced.is === 'crowded') return;
          expect(advanced.is).toBe('possible');
          if (advanced.is === 'possible')
            expect(advanced.worlds.some(({ world }) => isSame(world, truth))).toBe(true);
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('are each there once, and not more than are followed', () => {
    fc.assert(
      fc.property(walks(), (walk) =>
        along(walk, ({ advanced }) => {
          if (advanced.is !== 'possible') return;
          expect(advanced.worlds.length).toBeLessThanOrEqual(MAX_WORLDS);
          for (const [i, { world }] of advanced.worlds.entries())
            for (const other of advanced.worlds.slice(i + 1)) expect(isSame(world, other.world)).toBe(false);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it('are none where no world allows the answer; the nearest is told, the usual one of equals', () => {
    fc.assert(
      fc.property(walks(), (walk) =>
        along(walk, ({ places }) => {
          const told = advance(places, nonsense);
          const all = places.flatMap(({ prediction }) => prediction?.outcomes ?? []);
          const fewest = Math.min(...all.map(({ label }) => label.length));
          expect(told).toMatchObject({ is: 'impossible', differences: { length: fewest } });
          const nearest = places.find(({ prediction }) =>
            prediction?.outcomes.some(({ label }) => label.length === fewest),
          );
          expect(told.is === 'impossible' && told.nearest).toBe(nearest);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it('hold one that may only be late as it was, as long as its time is not up', () => {
    const run: Step = {
      op: 'run',
      via: 'rest',
      as: 'box1',
      main: { do: 'print', out: '', err: '', code: 7 },
    };
    const ending = predict(emptyWorld, run, newestProfile)?.outcomes[0].next as World;
    const again: Step = { op: 'start', via: 'rest', on: ['box1'] };
    const [late] = predict(ending, again, newestProfile)?.outcomes ?? [];
    const stopped = predict(ending, { op: 'inspect', via: 'rest', on: 'box1' }, newestProfile)?.outcomes[0]
      .next;
    const worlds: Possibles = [
      { world: stopped as World, assumes: [] },
      { world: (late as Outcome).next, assumes: [] },
    ];
    const places = inWorlds(worlds, { op: 'settle', via: 'rest', on: 'box1' }, 0, []);
    const [first, second] = places;
    const fits = ({ next }: Outcome) => next === first.prediction?.outcomes[0].next;
    const left = (lookedMs: number | null, mayBecome = true) => {
      const advanced = advance(places, { ...nonsense, fits, lookedMs, mayBecome: () => mayBecome });
      return advanced.is === 'possible' ? advanced.worlds.map(({ world }) => world) : [];
    };
    expect(left(0)).toEqual([stopped, second?.possible.world]);
    expect(left(0, false)).toEqual([stopped]);
    expect(left(second?.prediction?.pollMs ?? 0)).toEqual([stopped]);
    expect(left(null)).toEqual([stopped]);
  });
});

it('a divergence in one number explains an answer in which nothing else is wrong', () => {
  const marks = [markOf({ op: 'server-metrics', seen: { is: 'bytes' }, differs: 'num_running_boxes' })];
  const places = inWorlds(firstPossibles, { op: 'server-metrics', via: 'rest' }, 0, marks);
  const told = (...phrases: string[]) =>
    advance(places, { ...nonsense, shows: () => true, differences: () => phrases }).is;
  expect(told('num_running_boxes is 1, more than 0')).toBe('possible');
  expect(told('boxes_created_total is 1, more than 0')).toBe('impossible');
  expect(told('num_running_boxes is 1, more than 0', 'another difference')).toBe('impossible');
});

describe('forks of silent divergences', () => {
  const marks = [
    markOf({
      id: 'once',
      op: 'stop',
      silent: true,
      seen: { is: 'done' },
      after: { as: 'usual', box: { code: 9 } },
    }),
    markOf({
      id: 'now-and-then',
      op: 'exec',
      silent: true,
      always: false,
      rate: { m: 1, k: 2 },
      seen: { is: 'done' },
      after: { as: 'usual', box: { disk: 'before' } },
    }),
  ];

  /** The true world after a step, in which some of the marks that apply showed. */
  function trulyAfter(truth: World, step: Step, outcome: Outcome, shown: readonly KnownDivergence[]): World {
    const prediction = predict(truth, step, newestProfile);
    if (!prediction) throw new Error('only predicted steps are followed');
    const taken = { world: truth, step, prediction };
    return shown.reduce(
      (next, mark) => worldBeside(mark, taken, { label: outcome.label, next }) ?? next,
      outcome.next,
    );
  }

  it('are decided for what was really there, or not at all', () => {
    let hits = 0;
    fc.assert(
      fc.property(walks(), fc.boolean(), ([{ steps }, choices], once) => {
        let truth: World = emptyWorld;
        let worlds: Possibles = firstPossibles;
        const shownAt = new Map<number, readonly string[]>();
        for (const [at, step] of steps.entries()) {
          const outcomes = predict(truth, step, newestProfile)?.outcomes;
          if (!outcomes) return;
          const [choice = 0, also = 0] = choices.slice(2 * at);
          const outcome = outcomes[choice % outcomes.length] as Outcome;
          const shown = marks.filter(({ op, always }) => op === step.op && (always ? once : also % 2 === 0));
          shownAt.set(
            at,
            shown.map(({ id }) => id),
          );
          truth = trulyAfter(truth, step, outcome, shown);
          const advanced = advance(inWorlds(worlds, step, at, marks), answerOf(outcome));
          if (advanced.is === 'crowded') return;
          if (advanced.is === 'impossible') throw new Error(`step ${at + 1} is allowed in the true world`);
          for (const one of advanced.decided) {
            expect(one.shown, one.id).toBe(shownAt.get(one.at)?.includes(one.id));
            hits++;
          }
          expect(advanced.worlds.some(({ world }) => isSame(world, truth))).toBe(true);
          worlds = advanced.worlds;
        }
      }),
      { numRuns: 80 },
    );
    expect(hits).toBeGreaterThan(0);
  });
});
