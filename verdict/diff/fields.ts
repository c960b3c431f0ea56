import type { Bytes } from '../../domain/bytes.ts';
import type { BoxObservation, Observation, StreamObservation } from '../../domain/observation.ts';
import type { BoxExpect, BytesExpect, Expect } from '../../model/expect.ts';
import { shapeOfText } from '../normalise.ts';
import { type Aliases, boxFields, listFields } from './box-fields.ts';
import { bytesField, dataField } from './bytes-field.ts';
import type { Field } from './observed.ts';

const firm = (name: string, value: unknown): Field => ({ name, value: word(value), rank: 'firm' });
const text = (name: string, value: string): Field => ({ name, value: shapeOfText(value), rank: 'text' });
const word = (value: unknown): string => (value === undefined || value === null ? 'none' : String(value));

/**
 * The respects in which an observation is compared. `expect` is the expectation it fitted: it tells what the
 * contract leaves open; null where none fitted, so that everything is firm.
 */
export function fieldsOf(seen: Observation, expect: Expect | null, aliases: Aliases): Field[] {
  return [firm('answer', seen.is), ...detailsOf(seen, expect, aliases)];
}

function detailsOf(seen: Observation, expect: Expect | null, aliases: Aliases): Field[] {
  switch (seen.is) {
    case 'done':
      return [firm('id', seen.id === undefined ? 'none' : 'told'), ...boxOf(seen.box, expect, aliases)];
    case 'box':
      return boxOf(seen.box, expect, aliases);
    case 'boxes':
      return listFields(seen.boxes, isRace(expect) ? 'free' : 'firm', aliases);
    case 'batch':
      return [
        firm('targets', seen.each.map(({ ok }) => (ok ? 'done' : 'failed')).join(' ')),
        firm('exit', seen.exit),
        text('stderr', seen.err),
      ];
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
    case 'refused':
      return [
        ...(['exit', 'status', 'type', 'code'] as const).map((name) => firm(name, seen[name])),
        text('message', seen.text),
      ];
    case 'broken':
      return [firm('how', seen.how), firm('status', seen.status), text('message', seen.text)];
  }
}

function boxOf(box: BoxObservation | undefined, expect: Expect | null, aliases: Aliases): Field[] {
  if (!box) return [firm('box', 'none')];
  const wanted = expect?.is === 'box' || expect?.is === 'done' ? expect.box : undefined;
  return boxFields(box, wanted, aliases);
}

/** Where the contract lets a box be listed or not, or in one state or another, the whole list is a race. */
const isRace = (expect: Expect | null): boolean =>
  expect?.is === 'boxes' && (expect.optional.length > 0 || expect.boxes.some(isOpen));

const isOpen = ({ states }: BoxExpect): boolean => states.length > 1;

interface Streams {
  out: Bytes;
  err: Bytes;
}

const streams = (seen: Streams, expect: { out: BytesExpect; err: BytesExpect } | null): Field[] => [
  bytesField('stdout', seen.out, expect?.out),
  bytesField('stderr', seen.err, expect?.err),
];

function streamFields(seen: StreamObservation, expect: Extract<Expect, { is: 'stream' }> | null): Field[] {
  const end = expect && expect.end !== 'open' ? expect.end : null;
  const mayCome = expect?.errors.some((error) => error.optional) ?? false;
  const free = (field: Field, when: boolean): Field => (when ? { ...field, rank: 'free' } : field);
  return [
    ...streams(seen, expect),
    free(firm('errors', seen.errors.map(({ code }) => word(code)).join(' ')), mayCome),
    free(firm('exit frame', seen.exit), end?.exitFrame === 'may'),
    firm('closed', seen.closed ? seen.closed.code : 'open'),
    text('error frames', seen.errors.map(({ message }) => message).join('\n')),
  ];
}
