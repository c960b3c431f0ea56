import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import { liveSocket } from '../../../runtime/drivers/socket.ts';

const HOUR_MS = 3_600_000;

/** A WebSocket that is only its events. */
function fakeSocket(readyState: 0 | 1) {
  const terminated = vi.fn();
  const events = Object.assign(new EventEmitter(), { OPEN: 1, readyState, terminate: terminated });
  return { socket: events as unknown as WebSocket, events, terminated };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a handshake that never succeeds holds nothing: no timer runs for it', () => {
  const { socket, events } = fakeSocket(0);
  liveSocket(socket, () => undefined);
  events.emit('unexpected-response');
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  0, 1,
] as const)('a socket that is forgotten ends by itself once it is open (ready state %i)', (state) => {
  const { socket, events, terminated } = fakeSocket(state);
  liveSocket(socket, () => undefined);
  if (state === 0) events.emit('open');
  vi.advanceTimersByTime(HOUR_MS);
  expect(terminated).toHaveBeenCalledOnce();
});

test('a socket that has ended holds no timer', () => {
  const { socket, events, terminated } = fakeSocket(1);
  const live = liveSocket(socket, () => undefined);
  events.emit('close', 1000);
  expect(live.closed()).toEqual({ code: 1000 });
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(HOUR_MS);
  expect(terminated).not.toHaveBeenCalled();
});
