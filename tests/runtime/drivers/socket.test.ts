import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import { liveSocket, RECEIVED_LIMIT_BYTES } from '../../../runtime/drivers/attach.ts';

/** A WebSocket that is only its events. */
function fakeSocket() {
  const terminated = vi.fn();
  const events = Object.assign(new EventEmitter(), { terminate: terminated });
  return { live: liveSocket(events as unknown as WebSocket, () => undefined), events, terminated };
}

test('a socket keeps what it receives in order, and how it ended', () => {
  const { live, events } = fakeSocket();
  events.emit('message', Buffer.from([1, 255]), true);
  events.emit('message', Buffer.from('{}'), false);
  expect(live.frames()).toEqual([
    { kind: 'binary', data: '\x01\xff' },
    { kind: 'text', text: '{}' },
  ]);
  expect(live.closed()).toBeNull();
  events.emit('close', 1000);
  expect(live.closed()).toEqual({ code: 1000 });
});

test('a socket that receives without end is ended, and what it kept says that it was cut off', () => {
  const { live, events, terminated } = fakeSocket();
  const eighth = Buffer.alloc(RECEIVED_LIMIT_BYTES / 8);
  for (let i = 0; i < 8; i++) events.emit('message', eighth, true);
  expect(terminated).not.toHaveBeenCalled();
  events.emit('message', eighth, true);
  expect(terminated).toHaveBeenCalledOnce();
  expect(live.frames()).toHaveLength(9);
  expect(live.frames().at(-1)).toMatchObject({ kind: 'invalid', why: expect.stringContaining('cut off') });
});
