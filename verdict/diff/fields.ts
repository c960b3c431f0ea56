import { createHash } from 'node:crypto';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import type { BoxObservation, Observation, StreamObservation } from '../../domain/observation.ts';
import type { BoxExpect, BytesExpect, Expect } from '../../model/expect.ts';
import { shapeOfText } from '../normalise.ts';
import type { Field } from './observed.ts';

/** Sixteen hex digits that differ where data differs. */
export const digest = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('hex').slice(0, 16);

function field(name: string, value: unknown, rank: Field['rank'] = 'firm'): Field {
  return { name, value: String(value ?? 'none'), rank };
}

const text = (name: string, value: string): Field => field(name, shapeOfText(value), 'text');

/**
 * The respects in which an observation is compared. `expect` is the expectation it fitted: it tells what the
 * contract leaves open; null where none fitted, so that everything is firm.
 */
export function fieldsOf(seen: Observation, expect: Expect | null): Field[] {
  return [field('answer', seen.is), ...detailsOf(seen, expect)];
}

function detailsOf(seen: Observation, expect: Expect | null): Field[] {
  const wanted = expect?.is === 'box' || expect?.is === 'done' ? expect.box : undefined;
  switch (seen.is) {
    case 'done':
      return [field('id', seen.id && 'told'), ...boxFields(seen.box, wanted)];
    case 'box':
      return boxFields(seen.box, wanted);
    case 'boxes':
      return [field('states', statesOf(seen.boxes), isRace(expect) ? 'free' : 'firm')];
    case 'batch': {
      const each = seen.each.map(({ ok }) => (ok ? 'done' : 'failed'));
      return [field('targets', each.join(' ')), field('exit', seen.exit), text('stderr', seen.err)];
    }
    case 'ended':
      return [field('code', seen.code), ...streams(seen, expect?.is === 'ended' ? expect : null)];
    case 'execution':
      return [field('status', seen.status), field('code', seen.code)];
    case 'attached':
      return [field('execution', seen.executionId ? 'told' : 'not told')];
    case 'stream':
      return streamFields(seen, expect?.is === 'stream' ? expect : null);
    case 'bytes':
      return [dataField('data', seen.data)];
    case 'refused':
    case 'broken': {
      const { is: _, text: message, ...rest } = seen;
      return [...Object.entries(rest).map(([name, value]) => field(name, value)), text('message', message)];
    }
  }
}

const streams = (
  seen: Pick<StreamObservation, 'out' | 'err'>,
  expect: { out: BytesExpect; err: BytesExpect } | null,
): Field[] => [bytesField('stdout', seen.out, expect?.out), bytesField('stderr', seen.err, expect?.err)];

function streamFields(seen: StreamObservation, expect: Extract<Expect, { is: 'stream' }> | null): Field[] {
  const mayEnd = expect !== null && expect.end !== 'open' && expect.end.exitFrame === 'may';
  const mayFail = expect?.errors.some((error) => error.optional);
  const codes = seen.errors.map(({ code }) => code ?? 'none').join(' ');
  return [
    ...streams(seen, expect),
    field('errors', codes, mayFail ? 'free' : 'firm'),
    field('exit frame', seen.exit, mayEnd ? 'free' : 'firm'),
    field('closed', seen.closed ? seen.closed.code : 'open'),
    text('error frames', seen.errors.map(({ message }) => message).join('\n')),
  ];
}

/** A code as shown; `0 or none` where the view has one word for both. */
const codeOf = ({ exitCode, zeroCode }: BoxObservation): string =>
  zeroCode ? '0 or none' : exitCode === undefined ? 'not shown' : String(exitCode ?? 'none');

/**
 * How one box is shown; a box of another id fits no outcome. Where the contract allows several states, or does not speak of the box at all (a short
 * command may be over before the answer to its start), which one it is is a race.
 */
function boxFields(box: BoxObservation | undefined, expect: BoxExpect | undefined): Field[] {
  if (!box) return [field('box', 'none')];
  const rank = expect?.states.length === 1 ? 'firm' : 'free';
  const { name, status, pid, image } = box;
  // A directory's path differs from machine to machine: only what kind of image it is counts.
  const kind = image?.startsWith('rootfs:') ? 'rootfs' : 'image';
  return [
    // Boxes on a shared runtime have the run's own tag in front of their names.
    dataField('name', name?.replace(/^bc[0-9]+-/u, '') ?? null),
    field('status', status, rank),
    field('code', codeOf(box), rank),
    field('pid', pid === undefined ? 'not shown' : pid ? 'told' : 'none', rank),
    field('image', image === undefined ? 'not shown' : kind),
  ];
}

/** Where the contract lets a box be listed or not, or in one state or another, the whole list is a race. */
const isRace = (expect: Expect | null): boolean =>
  expect?.is === 'boxes' &&
  (expect.optional.length > 0 || expect.boxes.some(({ states }) => states.length > 1));

/** The states of a list's boxes, in an order of our own: that of equal times is left open, others are judged. */
const statesOf = (boxes: readonly BoxObservation[]): string =>
  boxes
    .map((box) => `${box.status} ${codeOf(box)}`)
    .sort()
    .join(', ') || 'no boxes';

/** Bytes that have to be the same; null where there are none. */
function dataField(name: string, bytes: Bytes | null, rank: Field['rank'] = 'firm'): Field {
  // A flood is megabytes, and all observations are kept.
  const isLong = bytes !== null && bytes.length > 200;
  const value = isLong ? `${bytes.length} bytes, sha256 ${digest(toBuffer(bytes))}` : JSON.stringify(bytes);
  return { ...field(name, bytes === null ? null : value, rank), data: true };
}

/** Output of a process, compared as far as the expectation it fitted says what it must be. */
function bytesField(name: string, bytes: Bytes, expect: BytesExpect | undefined): Field {
  if (expect === undefined || 'exactly' in expect) return dataField(name, bytes);
  if ('mounts' in expect) return field(`mounts on ${name}`, mountsText(bytes));
  if (!('contains' in expect)) return dataField(name, bytes, 'free');
  // What a runtime adds of its own to the command's stderr.
  return text(
    name,
    expect.contains.reduce((rest, part) => rest.replace(part, ''), bytes),
  );
}

/** Path and mode of each mount from the host; the guest's own ones are the runtime's business. */
function mountsText(bytes: Bytes): string | undefined {
  const lines = bytes.split('\n').map((line) => line.split(' '));
  const shared = lines.filter(([, , type]) => type === 'virtiofs');
  const mounts = shared.map(
    ([, at, , options]) => `${at} ${options?.split(',').includes('ro') ? 'ro' : 'rw'}`,
  );
  return mounts.sort().join(', ') || undefined;
}
