import type { BoxObservation, Observation, StreamObservation } from '../domain/observation.ts';
import type { Surface } from '../domain/surface.ts';
import type { BoxExpect, Expect } from './expect.ts';
import { bytesDifference } from './match-bytes.ts';
import { refusalDifference } from './match-refusal.ts';

/** What matching must know about the run: which real box stands behind a handle, on which surface it was seen. */
export interface MatchContext {
  readonly via: Surface | '-';
  idOf(handle: string): string | undefined;
  realName(name: string): string;
}

const present = (differences: (string | null)[]): string[] => differences.filter((text) => text !== null);

/**
 * Judges an observation against one expectation.
 * @returns what does not fit, one phrase each; empty where it fits
 */
export function differences(expect: Expect, seen: Observation, context: MatchContext): string[] {
  if (expect.is === 'refused') {
    if (seen.is !== 'refused') return [`${describe(seen)} instead of a refusal (${expect.reason})`];
    return refusalDifference(expect.reason, seen, context.via);
  }
  if (expect.is === 'made')
    return seen.is === 'done' && seen.id ? [] : [`${describe(seen)} instead of a new id`];
  if (expect.is !== seen.is) return [`${describe(seen)} instead of ${expect.is}`];
  return judged(expect, seen, context);
}

type ObservationOf<Is extends Observation['is']> = Extract<Observation, { is: Is }>;

/** Both are of the same kind here. */
function judged(expect: Expect, seen: Observation, context: MatchContext): string[] {
  switch (expect.is) {
    case 'done': {
      const { box } = seen as ObservationOf<'done'>;
      return expect.box && box ? boxDifferences(expect.box, box, context) : [];
    }
    case 'box':
      return boxDifferences(expect.box, (seen as ObservationOf<'box'>).box, context);
    case 'boxes':
      return boxesDifferences(expect, (seen as ObservationOf<'boxes'>).boxes, context);
    case 'ended':
      return endedDifferences(expect, seen as ObservationOf<'ended'>);
    case 'execution':
      return executionDifferences(expect, seen as ObservationOf<'execution'>);
    case 'stream':
      return streamDifferences(expect, seen as StreamObservation);
    case 'bytes':
      return fileDifferences(expect, (seen as ObservationOf<'bytes'>).data);
    case 'batch':
      return batchDifferences(expect, seen as ObservationOf<'batch'>);
    default:
      return [];
  }
}

const endedDifferences = (expect: Extract<Expect, { is: 'ended' }>, seen: ObservationOf<'ended'>): string[] =>
  present([
    codeDifference(expect.codes, seen.code),
    bytesDifference('stdout', expect.out, seen.out),
    bytesDifference('stderr', expect.err, seen.err),
  ]);

/** One phrase for an observation. */
export function describe(seen: Observation): string {
  if (seen.is === 'refused')
    return `refused (${seen.status ?? `exit ${seen.exit}`}${seen.code ? ` ${seen.code}` : ''}: ${seen.text.trim().slice(0, 200)})`;
  if (seen.is === 'broken') return `${seen.how} (${seen.text.trim().slice(0, 200)})`;
  if (seen.is === 'ended') return `ended with ${seen.code}`;
  return seen.is;
}

function codeDifference(allowed: readonly number[] | 'nonzero', code: number | null): string | null {
  // Without any code told (null) nothing claims a success.
  if (allowed === 'nonzero') return code !== 0 ? null : 'exit code 0 instead of a non-zero one';
  return code !== null && allowed.includes(code)
    ? null
    : `exit code ${code} instead of ${allowed.join(' or ')}`;
}

function boxDifferences(expect: BoxExpect, seen: BoxObservation, context: MatchContext): string[] {
  const id = context.idOf(expect.handle);
  const name = expect.name === null ? null : context.realName(expect.name);
  const state = expect.states.filter(({ status }) => status === seen.status);
  const words = expect.states.map(({ status }) => status).join(' or ');
  return present([
    id === undefined || id === seen.id ? null : `box ${seen.id} instead of ${id}`,
    name === seen.name ? null : `name ${JSON.stringify(seen.name)} instead of ${JSON.stringify(name)}`,
    state.length > 0 ? null : `${expect.handle} is ${seen.status} instead of ${words}`,
    state.length === 0 || state.some(({ code }) => codeFits(code, seen))
      ? null
      : shownCode(expect.handle, state, seen),
  ]);
}

const shownCode = (handle: string, allowed: BoxExpect['states'], seen: BoxObservation): string =>
  `${handle} shows code ${seen.exitCode ?? (seen.zeroCode ? '0 or none' : 'none')} instead of ${allowed.map(({ code }) => code ?? 'none').join(' or ')}`;

/** Whether the shown code is an allowed one. A view that cannot tell is not judged. */
export function codeFits(allowed: number | null | 'any', { exitCode, zeroCode }: BoxObservation): boolean {
  if (allowed === 'any') return true;
  if (exitCode !== undefined) return exitCode === allowed;
  return !zeroCode || allowed === 0 || allowed === null;
}

function boxesDifferences(
  expect: Extract<Expect, { is: 'boxes' }>,
  seen: BoxObservation[],
  context: MatchContext,
): string[] {
  const find = (box: BoxExpect): BoxObservation | undefined =>
    seen.find(({ id }) => id === context.idOf(box.handle));
  const missing = expect.boxes.filter((box) => !find(box)).map((box) => `${box.handle} is not listed`);
  const wrong = [...expect.boxes, ...expect.optional].flatMap((box) => {
    const shown = find(box);
    return shown ? boxDifferences(box, shown, context) : [];
  });
  const known = new Set([...expect.boxes, ...expect.optional].map((box) => context.idOf(box.handle)));
  const extra = seen
    .filter(({ id }) => !known.has(id))
    .map(({ id, status }) => `box ${id} (${status}) is listed, which must not be there`);
  return [
    ...missing,
    ...wrong,
    ...extra,
    ...(newestFirst(seen) ? [] : ['boxes are not listed newest first']),
  ];
}

/** Lists begin with the newest box; equal times and views without one are not judged (contract 2.7, 7.10). */
export const newestFirst = (seen: readonly BoxObservation[]): boolean =>
  seen.every(({ createdAt = '' }, i) => !(Date.parse(createdAt) > Date.parse(seen[i - 1]?.createdAt ?? '')));

function executionDifferences(
  expect: Extract<Expect, { is: 'execution' }>,
  seen: Extract<Observation, { is: 'execution' }>,
): string[] {
  const over = seen.status !== 'running';
  if (over !== (expect.status === 'completed'))
    return [`execution is ${seen.status} instead of ${expect.status}`];
  return present([expect.codes ? codeDifference(expect.codes, seen.code ?? null) : null]);
}

function streamDifferences(expect: Extract<Expect, { is: 'stream' }>, seen: StreamObservation): string[] {
  return present([
    bytesDifference('stdout', expect.out, seen.out),
    bytesDifference('stderr', expect.err, seen.err),
    ...errorDifferences(expect.errors, seen.errors),
    ...endDifferences(expect.end, seen),
  ]);
}

function errorDifferences(
  owed: Extract<Expect, { is: 'stream' }>['errors'],
  seen: StreamObservation['errors'],
): (string | null)[] {
  const rest = [...seen];
  const missing = owed.map((error) => {
    const at = rest.findIndex(
      (frame) => frame.message.includes(error.text) && (!error.code || frame.code === error.code),
    );
    if (at >= 0) rest.splice(at, 1);
    return at >= 0 || error.optional ? null : `no error frame "${error.text}"`;
  });
  return [...missing, ...rest.map((frame) => `unexpected error frame "${frame.message}"`)];
}

function endDifferences(
  end: Extract<Expect, { is: 'stream' }>['end'],
  seen: StreamObservation,
): (string | null)[] {
  if (end === 'open') {
    return [
      seen.exit === undefined ? null : `exit frame with ${seen.exit} while the command runs`,
      seen.closed ? `closed with ${seen.closed.code} while the command runs` : null,
    ];
  }
  const code = seen.exit;
  return [
    seen.closed ? null : 'the connection was not closed',
    code === undefined && end.exitFrame === 'must' ? 'no exit frame' : null,
    code !== undefined && end.exitFrame === 'never' ? `exit frame with ${code}` : null,
    code !== undefined && end.codes.length > 0 && !end.codes.includes(code)
      ? `exit frame with ${code} instead of ${end.codes.join(' or ')}`
      : null,
    end.closeCode !== undefined && seen.closed && seen.closed.code !== end.closeCode
      ? `close code ${seen.closed.code} instead of ${end.closeCode}`
      : null,
  ];
}

function fileDifferences(expect: Extract<Expect, { is: 'bytes' }>, data: string | null): string[] {
  if (expect.data === null) return data === null ? [] : ['a file is there that must not be'];
  return data === null
    ? ['the file is not there']
    : present([bytesDifference('the file', expect.data, data)]);
}

function batchDifferences(
  expect: Extract<Expect, { is: 'batch' }>,
  seen: Extract<Observation, { is: 'batch' }>,
): string[] {
  const exit = expect.each.every(({ ok }) => ok) ? 0 : 1;
  const each = expect.each.map(({ ok }, i) =>
    seen.each[i]?.ok === ok
      ? null
      : `target ${i + 1} ${seen.each[i]?.ok ? 'succeeded' : 'failed'} instead of ${ok ? 'succeeding' : 'failing'}`,
  );
  return present([...each, seen.exit === exit ? null : `exit ${seen.exit} instead of ${exit}`]);
}
