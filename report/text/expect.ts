import type { BoxExpect, Expect } from '../../model/expect.ts';
import { describeBytesExpect } from './bytes.ts';

/** One allowed answer, in one line for people. */
export function describeExpect(expect: Expect): string {
  switch (expect.is) {
    case 'done':
      return expect.box ? `done, ${describeBoxExpect(expect.box)}` : 'done';
    case 'made':
      return 'made, and its id told';
    case 'batch':
      return expect.each.map((one) => (one.ok ? 'done' : `refused${because(one.reason)}`)).join(', ');
    case 'ended':
      return `ended with ${codes(expect.codes)}; stdout ${describeBytesExpect(expect.out)}; stderr ${describeBytesExpect(expect.err)}`;
    case 'box':
      return describeBoxExpect(expect.box);
    case 'boxes':
      return describeBoxes(expect.boxes, expect.optional);
    case 'execution':
      return `execution ${expect.status}${expect.codes ? ` with ${codes(expect.codes)}` : ''}`;
    case 'attached':
      return 'attached';
    case 'stream':
      return `stdout ${describeBytesExpect(expect.out)}; stderr ${describeBytesExpect(expect.err)}${errorFrames(expect)}; ${describeEnd(expect.end)}`;
    case 'bytes':
      return expect.data === null ? 'no such file' : describeBytesExpect(expect.data);
    case 'refused':
      return `refused${because(expect.reason)}`;
  }
}

/** All allowed answers, the usual one first. */
export const describeAllowed = (allowed: readonly { label: string; expect: Expect }[]): string[] =>
  allowed.map((outcome) => `${outcome.label}: ${describeExpect(outcome.expect)}`);

type StreamExpect = Extract<Expect, { is: 'stream' }>;

const because = (reason: unknown): string =>
  reason === undefined ? '' : ` (${typeof reason === 'string' ? reason : JSON.stringify(reason)})`;

const codes = (allowed: readonly number[] | 'nonzero'): string =>
  allowed === 'nonzero' ? 'a code other than 0' : allowed.join(' or ');

function describeBoxExpect(box: BoxExpect): string {
  const states = box.states.map(({ status, code }) =>
    code === 'any' ? status : `${status} with ${code ?? 'no code'}`,
  );
  return `${box.handle}${box.name === null ? '' : ` named ${JSON.stringify(box.name)}`}: ${states.join(' or ')}`;
}

function describeBoxes(boxes: readonly BoxExpect[], optional: readonly BoxExpect[]): string {
  const must = boxes.length === 0 ? 'no boxes' : boxes.map(describeBoxExpect).join('; ');
  return optional.length === 0 ? must : `${must}; maybe also ${optional.map(describeBoxExpect).join('; ')}`;
}

const errorFrames = (expect: StreamExpect): string =>
  expect.errors.map((error) => `; error frame with ${JSON.stringify(error.text)}`).join('');

function describeEnd(end: StreamExpect['end']): string {
  if (end === 'open') return 'still open, no exit frame';
  const frame = { must: 'exit frame', may: 'maybe an exit frame', never: 'no exit frame' }[end.exitFrame];
  const code = end.exitFrame === 'never' ? '' : ` with ${codes(end.codes)}`;
  return `${frame}${code}, closed${end.closeCode ? ` with ${end.closeCode}` : ''}`;
}
