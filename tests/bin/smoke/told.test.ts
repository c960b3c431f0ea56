import { expect, test } from 'vitest';
import type { Planned } from '../../../bin/smoke/plan.ts';
import { toldOf } from '../../../bin/smoke/told.ts';
import type { History } from '../../../program/history.ts';
import { exec, hold, inspect, list, print, run } from '../../model/fixtures/steps.ts';
import { history } from '../../report/fixtures/records.ts';

const [sample] = history.events;
if (!sample) throw new Error('the history must have an event');

const part = (name: string, mark?: Planned['mark']): Planned => ({
  name,
  group: 'found',
  program: { format: 1, contract: '0.10.7', steps: [run(hold), inspect(), exec(print('x'))] },
  ...(mark && { mark }),
});
const strict = (id: string, needs?: string[]) => ({ id, always: true, needs, rate: undefined });

/** Two programs of a box: its making, two steps of each, and a look at the end. */
const ranWith = (changes: Partial<History>): History => ({
  ...history,
  ending: { is: 'passed' },
  events: [run(hold), inspect(), exec(print('x')), inspect(), exec(print('x')), list(true)].map(
    (step, index) => ({ ...sample, index, step, runtimeMs: 10, harnessMs: 1 }),
  ),
  totalMs: 100,
  boxes: 1,
  missed: { k3: 2 },
  ...changes,
});
const namesOf = ({ told, untold }: ReturnType<typeof toldOf>) => ({
  told: told.map(({ planned }) => planned.name),
  untold: untold.map(({ name }) => name),
});

test('each program has its steps, its marks and its time; the box and the end are the first one’s', () => {
  const parts = [part('a', strict('k1')), part('b', strict('k2', ['k3']))];
  const { told } = toldOf(parts, ranWith({ known: { k1: 1, k2: 1, k3: 4 } }));
  expect(
    told.map(({ planned, history: { events, known, missed, totalMs, boxes, program } }) => ({
      ...{ name: planned.name, known, missed, totalMs, boxes },
      ...{ events: events.map(({ index }) => index), steps: program.steps.length },
    })),
  ).toEqual([
    { name: 'a', known: { k1: 1 }, missed: { k3: 2 }, totalMs: 78, boxes: 1, events: [0, 1, 2, 5], steps: 3 },
    { name: 'b', known: { k2: 1, k3: 4 }, missed: {}, totalMs: 22, boxes: 0, events: [3, 4], steps: 3 },
  ]);
});

test('where one must have a box of its own, the next one has what is all of theirs', () => {
  const parts = [part('a', strict('k1')), part('b', strict('k2'))];
  const { told, untold } = toldOf(parts, ranWith({ known: { k2: 1 } }));
  expect(untold).toEqual([parts[0]]);
  expect(told.map(({ history: { boxes, totalMs } }) => ({ boxes, totalMs }))).toEqual([
    { boxes: 1, totalMs: 100 },
  ]);
});

const seldom = { id: 'k2', always: false, needs: undefined, rate: { m: 1, k: 9 } };
const often = { ...seldom, rate: { m: 8, k: 9 } };

test.each<[string, Planned['mark'], Partial<History>, string[]]>([
  ['has no mark', undefined, { known: { k1: 1 } }, ['a', 'b']],
  ['shows its mark', strict('k2'), { known: { k1: 1, k2: 1 } }, ['a', 'b']],
  ['does not show its mark', strict('k2'), { known: { k1: 1 } }, ['a']],
  ['does not show one that shows more often than not', often, { known: { k1: 1 } }, ['a']],
  ['does not show one that shows seldom', seldom, { known: { k1: 1 } }, ['a', 'b']],
  ['shows another one', strict('k2'), { known: { k1: 1, k2: 1, k9: 1 } }, []],
  ['fails', strict('k2'), { known: { k1: 1 }, ending: history.ending }, []],
  ['is not judged as a whole', strict('k2'), { known: { k1: 1, k2: 1 }, cutShort: 1 }, []],
])('a box is shared with a program that %s', (_, mark, changes, told) => {
  const parts = [part('a', strict('k1')), part('b', mark)];
  const untold = ['a', 'b'].filter((name) => !told.includes(name));
  expect(namesOf(toldOf(parts, ranWith(changes)))).toEqual({ told, untold });
});
