import * as fc from 'fast-check';
import { everyByte } from '../../../domain/bytes.ts';
import type { BoxObservation, Observation } from '../../../domain/observation.ts';
import type { Event, History } from '../../../program/history.ts';
import type { Step } from '../../../program/step.ts';
import { history as example } from '../../report/fixtures/records.ts';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const id = fc.string({
  unit: fc.constantFrom(...letters),
  minLength: 12,
  maxLength: 12,
});
const bytes = fc.string({ unit: fc.constantFrom(...everyByte), maxLength: 300 });
const code = fc.constantFrom(0, 1, 3, 137);
const status = fc.constantFrom('configured', 'running', 'stopped', 'failed');
const message = fc.constantFrom('Error: no such box', 'Error: it is running', 'Error: it is stopped');

const box: fc.Arbitrary<BoxObservation> = fc.record(
  {
    id,
    name: fc.constantFrom(null, 'alpha', "it's"),
    status,
    exitCode: fc.constantFrom(null, 0, 3, 137),
    pid: fc.constantFrom(null, 17, 4711),
    image: fc.constantFrom('rootfs:/tmp/a/image', 'rootfs:/var/b'),
    createdAt: fc.constant('2026-06-09T07:05:00Z'),
  },
  { requiredKeys: ['id', 'name', 'status'] },
);

/** Any answer. */
const seen: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({ is: fc.constant('done' as const), id }),
  fc.record({ is: fc.constant('done' as const), box }),
  fc.record({ is: fc.constant('ended' as const), code, out: bytes, err: bytes }),
  fc.record({ is: fc.constant('box' as const), box }),
  fc.record({ is: fc.constant('boxes' as const), boxes: fc.array(box, { maxLength: 3 }) }),
  fc.record({ is: fc.constant('execution' as const), id, status, code }),
  fc.record({ is: fc.constant('attached' as const), executionId: id }),
  fc.record({ is: fc.constant('bytes' as const), data: fc.option(bytes) }),
  fc.record({ is: fc.constant('refused' as const), exit: fc.constantFrom(1, 2), text: message }),
  fc.record({
    is: fc.constant('refused' as const),
    status: fc.constantFrom(404, 409),
    type: fc.constantFrom('NotFoundError', 'InvalidStateError'),
    code: fc.constantFrom('not_found', 'invalid_state'),
    text: message,
  }),
  fc.record({
    is: fc.constant('batch' as const),
    each: fc.array(fc.record({ text: id, ok: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    exit: fc.constantFrom(0, 1),
    err: message,
  }),
  fc.record({
    is: fc.constant('stream' as const),
    out: bytes,
    err: bytes,
    errors: fc.array(fc.record({ message }), { maxLength: 2 }),
    exit: code,
    closed: fc.constantFrom(null, { code: 1000 }, { code: 1011 }),
  }),
);

const step: Step = { op: 'inspect', via: 'rest', on: 'box1' };

/** An event whose answer the first of two outcomes fits. */
export const eventOf = (index: number, answer: Observation, rest: Partial<Event> = {}): Event => ({
  index,
  step,
  situation: 'job/running',
  allowed: [
    { label: 'usual', expect: { is: 'made' } },
    { label: 'other', expect: { is: 'attached' } },
  ],
  seen: answer,
  matched: 'usual',
  startedMs: index,
  runtimeMs: 1,
  harnessMs: 0,
  ...rest,
});

/** A run that passed, with these events. */
export const historyOf = (events: Event[], rest: Partial<History> = {}): History => ({
  ...example,
  program: {
    ...example.program,
    steps: events.filter(({ index }, i) => index === i).map((event) => event.step),
  },
  events,
  ending: { is: 'passed' },
  ...rest,
});

/** Runs that passed. */
export const history: fc.Arbitrary<History> = fc
  .array(fc.tuple(seen, fc.constantFrom('usual', 'other', 'known:a-mark')), { minLength: 1, maxLength: 6 })
  .map((answers) => historyOf(answers.map(([answer, matched], i) => eventOf(i, answer, { matched }))));

/** The same run as another machine would have had it: other ids, times, pids and places. */
export function elsewhere(run: History): History {
  const other = (text: string): string => [...text].reverse().join('');
  const rename = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' && ['id', 'executionId'].includes(key)) return other(value);
    if (key === 'createdAt') return '2030-01-01T00:00:00Z';
    if (key === 'image') return 'rootfs:/elsewhere';
    if (key === 'pid' && typeof value === 'number') return value + 1;
    if (['startedMs', 'runtimeMs', 'harnessMs'].includes(key)) return Number(value) + 5;
    return value;
  };
  return JSON.parse(JSON.stringify(run, rename)) as History;
}
