import { expect, it } from 'vitest';
import type { World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { holdsWhere } from '../../../verdict/known/where.ts';
import { onward, reached } from '../../model/fixtures/play.ts';

const attached = reached(
  { op: 'run', via: 'rest', as: 'box1', main: { do: 'hold', out: '' } },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'attach-main', as: 'att2', on: 'box1' },
);
const toExec: Step = { op: 'attach', as: 'att4', exec: 'exec1' };
const toMain: Step = { op: 'attach-main', as: 'att4', on: 'box1' };
const isAgain = (step: Step, world: World) => holdsWhere({ again: true }, step, world);

it('a client comes again where another has closed the same stream', () => {
  const first = onward(attached, { op: 'detach', attach: 'att1', how: 'close' });
  const second = onward(attached, { op: 'detach', attach: 'att2', how: 'close' });
  expect([isAgain(toExec, first), isAgain(toMain, second)]).toEqual([true, true]);
  expect([isAgain(toExec, second), isAgain(toMain, first)]).toEqual([false, false]);
  expect(holdsWhere({ again: false }, toExec, first)).toBe(false);
});

it('nor does one where somebody holds the stream, or has vanished without a word', () => {
  expect([isAgain(toExec, attached), isAgain(toMain, attached)]).toEqual([false, false]);
  const dropped = (attach: string) => onward(attached, { op: 'detach', attach, how: 'drop' });
  expect([isAgain(toExec, dropped('att1')), isAgain(toMain, dropped('att2'))]).toEqual([false, false]);
});

it('nor where the client that has closed had another box, or there is no such stream', () => {
  const two = onward(attached, { op: 'run', via: 'rest', as: 'box2', main: { do: 'hold', out: '' } });
  const closed = onward(two, { op: 'detach', attach: 'att2', how: 'close' });
  expect(isAgain({ op: 'attach-main', as: 'att4', on: 'box2' }, closed)).toBe(false);
  expect(isAgain({ op: 'attach-main', as: 'att4', on: '?x' }, closed)).toBe(false);
  expect(isAgain({ op: 'attach', as: 'att4', exec: '?x' }, closed)).toBe(false);
});

it('a stream that nobody had is not come to again, a new run has a new one, other steps are no clients', () => {
  const fresh = onward(attached, { op: 'spawn', via: 'rest', on: 'box1', as: 'exec9', work: { do: 'cat' } });
  expect(isAgain({ op: 'attach', as: 'att4', exec: 'exec9' }, fresh)).toBe(false);
  const closed = onward(attached, { op: 'detach', attach: 'att2', how: 'close' });
  expect(isAgain(toMain, onward(closed, { op: 'restart', via: 'url', on: ['box1'] }))).toBe(false);
  expect(isAgain({ op: 'inspect', via: 'rest', on: 'box1' }, closed)).toBe(false);
});

it('a read is of a client that came again where another had the same stream before', () => {
  const read: Step = { op: 'read', attach: 'att4' };
  const back = onward(attached, { op: 'detach', attach: 'att1', how: 'close' }, toExec);
  expect(isAgain(read, back)).toBe(true);
  expect(isAgain({ op: 'read', attach: 'att2' }, back)).toBe(false);
});

it('a stream is known to be read through an SDK from the attach, which alone tells', () => {
  const isOfSdk = (step: Step, world: World) => holdsWhere({ client: ['sdk'] }, step, world);
  const driven = onward(attached, { op: 'attach', as: 'att9', exec: 'exec1', via: 'sdk' });
  expect(isOfSdk({ op: 'read', attach: 'att9' }, driven)).toBe(true);
  expect(isOfSdk({ op: 'read', attach: 'att1' }, driven)).toBe(false);
  expect(isOfSdk({ op: 'inspect', via: 'sdk', on: 'box1' }, driven)).toBe(false);
});
