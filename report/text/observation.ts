import type {
  BoxObservation,
  Observation,
  RefusedObservation,
  StreamObservation,
} from '../../domain/observation.ts';
import { describeBytes } from './bytes.ts';

const LONGEST = 400;

/** What a runtime answered, in one line for people. */
export function describeObservation(seen: Observation): string {
  switch (seen.is) {
    case 'done':
      return seen.box
        ? `done, ${describeBoxObservation(seen.box)}`
        : `done${seen.id ? `, id ${seen.id}` : ''}`;
    case 'batch':
      return `exit ${seen.exit}: ${seen.each.map((one) => `${one.text} ${one.ok ? 'done' : 'failed'}`).join(', ')}${tail(seen.err)}`;
    case 'ended':
      return `ended with ${seen.code ?? 'no code'}${seen.how === undefined ? '' : ` (${seen.how})`}; stdout ${describeBytes(seen.out)}; stderr ${describeBytes(seen.err)}`;
    case 'box':
      return describeBoxObservation(seen.box);
    case 'boxes':
      return seen.boxes.length === 0 ? 'no boxes' : seen.boxes.map(describeBoxObservation).join('; ');
    case 'execution':
      return `execution ${seen.status}${seen.code === undefined ? '' : ` with ${seen.code}`}`;
    case 'attached':
      return `attached${seen.executionId ? ` to execution ${seen.executionId}` : ''}`;
    case 'stream':
      return describeStream(seen);
    case 'bytes':
      return seen.data === null ? 'no such file' : `the bytes ${describeBytes(seen.data)}`;
    case 'refused':
      return describeRefusal(seen);
    case 'broken':
      return `broken (${seen.how}${seen.status ? `, HTTP ${seen.status}` : ''})${tail(seen.text)}`;
  }
}

function describeBoxObservation(box: BoxObservation): string {
  const code = box.exitCode === undefined ? '' : `, exit code ${box.exitCode ?? 'none'}`;
  return `box ${box.id}${box.name === null ? '' : ` named ${JSON.stringify(box.name)}`}: ${box.status}${code}`;
}

function describeRefusal(seen: RefusedObservation): string {
  const how =
    seen.kind ??
    (seen.status === undefined
      ? `exit ${seen.exit}`
      : `HTTP ${seen.status} ${seen.type ?? ''} / ${seen.code ?? ''}`);
  return `refused with ${how}${tail(seen.text)}`;
}

function describeStream(seen: StreamObservation): string {
  const errors = seen.errors.map((error) => `; error frame ${JSON.stringify(error.message)}`).join('');
  const exit = seen.exit === undefined ? 'no exit frame' : `exit frame ${seen.exit}`;
  const closed = seen.closed ? `closed with ${seen.closed.code}` : 'still open';
  return `stdout ${describeBytes(seen.out)}; stderr ${describeBytes(seen.err)}${errors}; ${exit}; ${closed}`;
}

/** The text of an answer on the same line, not longer than a screen takes. */
function tail(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/gu, ' | ');
  if (line === '') return '';
  return `: ${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}`;
}
