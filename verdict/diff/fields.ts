import type { BoxObservation, Observation, StreamObservation } from '../../domain/observation.ts';
import type { BoxExpect, BytesExpect, Expect } from '../../model/expect.ts';
import { shapeOfText } from '../normalise.ts';
import { bytesField, dataField } from './bytes-field.ts';
import type { Field } from './observed.ts';

/** The handle a program has for a real id; undefined for a box whose id no step was told. */
export type Aliases = (id: string) => string | undefined;

const firm = (name: string, value: unknown): Field => ({
  name,
  value: String(value ?? 'none'),
  rank: 'firm',
});
const text = (name: string, value: string): Field => ({ name, value: shapeOfText(value), rank: 'text' });

/**
 * The respects in which an observation is compared. `expect` is the expectation it fitted: it tells what the
 * contract leaves open; null where none fitted, so that everything is firm.
 */
export const fieldsOf = (seen: Observation, expect: Expect | null, aliases: Aliases): Field[] => [
  firm('answer', seen.is),
  ...detailsOf(seen, expect, aliases),
];

function detailsOf(seen: Observation, expect: Expect | null, aliases: Aliases): Field[] {
  const wanted = expect?.is === 'box' || expect?.is === 'done' ? expect.box : undefined;
  switch (seen.is) {
    case 'done':
      return [
        firm('id', seen.id === undefined ? 'none' : 'told'),
        ...(seen.box ? boxFields(seen.box, wanted, aliases) : [firm('box', 'none')]),
      ];
    case 'box':
      return boxFields(seen.box, wanted, aliases);
    case 'boxes':
      return listFields(seen.boxes, isRace(expect) ? 'free' : 'firm', aliases);
    case 'batch': {
      const each = seen.each.map(({ ok }) => (ok ? 'done' : 'failed'));
      return [firm('targets', each.join(' ')), firm('exit', seen.exit), text('stderr', seen.err)];
    }
    case 'ended':
      return [firm('code', seen.code), ...streams(seen, expect?.is === 'ended' ? expect : null)];
    case 'execution':
      return [firm('status', seen.status), firm('code', seen.code)];
    case 'attached':
      return [firm('execution', seen.executionId === undefined ? 'not told' : 'told')];
    case 'stream':
      return streamFields(seen, expect?.is === 'stream' ? expect : null);
    case 'bytes':
      return [dataField('data', seen.data)];
    case 'refused': {
      const names = ['exit', 'status', 'type', 'code'] as const;
      return [...names.map((name) => firm(name, seen[name])), text('message', seen.text)];
    }
    case 'broken':
      return [firm('how', seen.how), firm('status', seen.status), text('message', seen.text)];
  }
}

const streams = (
  seen: Pick<StreamObservation, 'out' | 'err'>,
  expect: { out: BytesExpect; err: BytesExpect } | null,
): Field[] => [bytesField('stdout', seen.out, expect?.out), bytesField('stderr', seen.err, expect?.err)];

function streamFields(seen: StreamObservation, expect: Extract<Expect, { is: 'stream' }> | null): Field[] {
  const mayEnd = expect !== null && expect.end !== 'open' && expect.end.exitFrame === 'may';
  const mayFail = expect?.errors.some((error) => error.optional);
  const free = (field: Field, when = false): Field => (when ? { ...field, rank: 'free' } : field);
  return [
    ...streams(seen, expect),
    free(firm('errors', seen.errors.map(({ code }) => code ?? 'none').join(' ')), mayFail),
    free(firm('exit frame', seen.exit), mayEnd),
    firm('closed', seen.closed ? seen.closed.code : 'open'),
    text('error frames', seen.errors.map(({ message }) => message).join('\n')),
  ];
}

/** Boxes on a shared runtime have the run's own tag in front of their names. */
const nameOf = ({ name }: BoxObservation): string =>
  name === null ? 'none' : JSON.stringify(name.replace(/^bc[0-9]+-/u, ''));

/** A code as shown; `0 or none` where the view has one word for both. */
const codeOf = ({ exitCode, zeroCode }: BoxObservation): string =>
  zeroCode ? '0 or none' : exitCode === undefined ? 'not shown' : String(exitCode ?? 'none');

/**
 * How one box is shown. Where the contract allows several states, or does not speak of the box at all (a short
 * command may be over before the answer to its start), which one it is is a race.
 */
function boxFields(box: BoxObservation, expect: BoxExpect | undefined, aliases: Aliases): Field[] {
  const rank = expect?.states.length === 1 ? 'firm' : 'free';
  const { id, status, pid, image } = box;
  // A directory's path differs from machine to machine: only what kind of image it is counts.
  const kind = image?.startsWith('rootfs:') ? 'rootfs' : 'image';
  return [
    firm('which box', aliases(id) ?? 'unnamed'),
    { ...firm('name', nameOf(box)), data: true },
    { ...firm('status', status), rank },
    { ...firm('code', codeOf(box)), rank },
    { ...firm('pid', pid === undefined ? 'not shown' : pid ? 'told' : 'none'), rank },
    firm('image', image === undefined ? 'not shown' : kind),
  ];
}

/** Where the contract lets a box be listed or not, or in one state or another, the whole list is a race. */
const isRace = (expect: Expect | null): boolean =>
  expect?.is === 'boxes' &&
  (expect.optional.length > 0 || expect.boxes.some(({ states }) => states.length > 1));

/**
 * The boxes of a list, in an order of our own: that of equal times is left open, others are judged. Their states
 * alone tell what kind of difference it is.
 */
function listFields(boxes: readonly BoxObservation[], rank: Field['rank'], aliases: Aliases): Field[] {
  const sorted = (tell: (box: BoxObservation) => string): string =>
    boxes.map(tell).sort().join(', ') || 'no boxes';
  const state = (box: BoxObservation): string => `${box.status} ${codeOf(box)}`;
  const whole = (box: BoxObservation): string =>
    `${aliases(box.id) ?? 'unnamed'} ${nameOf(box)} ${state(box)}`;
  return [
    { name: 'states', value: sorted(state), rank },
    { name: 'boxes', value: sorted(whole), rank, data: true },
  ];
}
