import type { Bytes } from '../domain/bytes.ts';
import type { BoxObservation, Observation, Shown, StreamObservation } from '../domain/observation.ts';
import type { Surface } from '../domain/surface.ts';
import type { BoxExpect, BytesExpect, Expect } from './expect.ts';
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
  if (expect.is === 'done' && seen.is === 'done')
    return expect.box && seen.box ? boxDifferences(expect.box, seen.box, context) : [];
  if (expect.is === 'box' && seen.is === 'box') return boxDifferences(expect.box, seen.box, context);
  if (expect.is === 'boxes' && seen.is === 'boxes') return boxesDifferences(expect, seen.boxes, context);
  if (expect.is === 'ended' && seen.is === 'ended') return endedDifferences(expect, seen);
  if (expect.is === 'execution' && seen.is === 'execution') return executionDifferences(expect, seen);
  if (expect.is === 'stream' && seen.is === 'stream') return streamDifferences(expect, seen);
  if (expect.is === 'bytes' && seen.is === 'bytes') return fileDifferences(expect, seen.data);
  if (expect.is === 'batch' && seen.is === 'batch') return batchDifferences(expect, seen);
  return expect.is === seen.is ? [] : [`${describe(seen)} instead of ${expect.is}`];
}

/** Whether an observation, made again later, could be what is expected: a stream never takes back what it has told. */
export const mayBecome = (expect: Expect, seen: Observation): boolean =>
  expect.is !== 'stream' ||
  seen.is !== 'stream' ||
  (mayGrowInto(expect.out, seen.out) && mayGrowInto(expect.err, seen.err));

const mayGrowInto = (expect: BytesExpect, seen: Bytes): boolean =>
  !('exactly' in expect) || expect.exactly.startsWith(seen);

type ExpectOf<Is extends Expect['is']> = Extract<Expect, { is: Is }>;
type ObservationOf<Is extends Observation['is']> = Extract<Observation, { is: Is }>;

const endedDifferences = (expect: ExpectOf<'ended'>, seen: ObservationOf<'ended'>): string[] =>
  present([
    codeDifference(expect.codes, seen.code),
    bytesDifference('stdout', expect.out, seen.out),
    bytesDifference('stderr', expect.err, seen.err),
  ]);

/** One phrase for an observation. */
export function describe(seen: Observation): string {
  if (seen.is === 'refused')
    return `refused (${seen.kind ?? seen.status ?? `exit ${seen.exit}`}${seen.code ? ` ${seen.code}` : ''}: ${seen.text.trim().slice(0, 200)})`;
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
    ...shownDifferences(expect, seen),
  ]);
}

/** What of the options of a box is shown otherwise than it was asked for. */
export const shownDifferences = (
  { handle, shows = {} }: BoxExpect,
  { shown = {} }: BoxObservation,
): string[] =>
  (Object.keys(shows) as (keyof Shown)[])
    .filter((name) => shown[name] !== undefined && shown[name] !== shows[name])
    .map((name) => `${handle} shows ${name} ${shown[name]} instead of ${shows[name]}`);

const shownCode = (handle: string, allowed: BoxExpect['states'], seen: BoxObservation): string =>
  `${handle} shows code ${seen.exitCode ?? (seen.zeroCode ? '0 or none' : 'none')} instead of ${allowed.map(({ code }) => code ?? 'none').join(' or ')}`;

/** Whether the shown code is an allowed one. A view that cannot tell is not judged. */
export function codeFits(allowed: number | null | 'any', { exitCode, zeroCode }: BoxObservation): boolean {
  if (allowed === 'any') return true;
  if (exitCode !== undefined) return exitCode === allowed;
  return !zeroCode || allowed === 0 || allowed === null;
}

function boxesDifferences(
  expect: ExpectOf<'boxes'>,
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

function executionDifferences(expect: ExpectOf<'execution'>, seen: ObservationOf<'execution'>): string[] {
  const over = seen.status !== 'running';
  if (over !== (expect.status === 'completed'))
    return [`execution is ${seen.status} instead of ${expect.status}`];
  return present([expect.codes ? codeDifference(expect.codes, seen.code ?? null) : null]);
}

function streamDifferences(expect: ExpectOf<'stream'>, seen: StreamObservation): string[] {
  return present([
    bytesDifference('stdout', expect.out, seen.out),
    bytesDifference('stderr', expect.err, seen.err),
    ...errorDifferences(expect.errors, seen.errors),
    ...endDifferences(expect.end, seen),
  ]);
}

function errorDifferences(
  owed: ExpectOf<'stream'>['errors'],
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

function endDifferences(end: ExpectOf<'stream'>['end'], seen: StreamObservation): (string | null)[] {
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

function fileDifferences(expect: ExpectOf<'bytes'>, data: string | null): string[] {
  if (expect.data === null) return data === null ? [] : ['a file is there that must not be'];
  return data === null
    ? ['the file is not there']
    : present([bytesDifference('the file', expect.data, data)]);
}

function batchDifferences(expect: ExpectOf<'batch'>, seen: ObservationOf<'batch'>): string[] {
  const exit = expect.each.every(({ ok }) => ok) ? 0 : 1;
  const each = expect.each.map(({ ok }, i) =>
    seen.each[i]?.ok === ok
      ? null
      : `target ${i + 1} ${seen.each[i]?.ok ? 'succeeded' : 'failed'} instead of ${ok ? 'succeeding' : 'failing'}`,
  );
  return present([...each, seen.exit === exit ? null : `exit ${seen.exit} instead of ${exit}`]);
}
