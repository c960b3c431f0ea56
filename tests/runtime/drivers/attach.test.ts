import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { everyByte, toBuffer } from '../../../domain/bytes.ts';
import { attach, RECEIVED_LIMIT_BYTES } from '../../../runtime/drivers/attach.ts';
import type { AttachSocket } from '../../../runtime/ports/session.ts';
import { httpServer, rawServer, wsServer } from '../fixtures/servers.ts';

const timeoutMs = 5_000;
const path = '/v1/boxes/b/attach';

async function opened(baseUrl: string, at = path): Promise<AttachSocket> {
  const answer = await attach({ baseUrl, apiKey: 'k' }, at, { timeoutMs });
  if (!('socket' in answer)) throw new Error(JSON.stringify(answer));
  onTestFinished(() => answer.socket.drop());
  return answer.socket;
}

async function untilClosed(socket: AttachSocket): Promise<number | undefined> {
  for (let tries = 0; !socket.closed() && tries < 100; tries++) await socket.changed(200);
  return socket.closed()?.code;
}

describe('attach', () => {
  test('keeps all frames in order, from the first, and the close code', async () => {
    const { baseUrl } = await wsServer((socket) => {
      socket.send(toBuffer(`\x01${everyByte}`));
      socket.send(toBuffer('\x02err'));
      socket.send('{"type":"exit","exit_code":7}');
      socket.close(1008, 'why');
    });
    const socket = await opened(baseUrl);
    expect(await untilClosed(socket)).toBe(1008);
    expect(socket.executionId).toBe('exec-of-the-box');
    expect(socket.frames()).toEqual([
      { kind: 'binary', data: `\x01${everyByte}` },
      { kind: 'binary', data: '\x02err' },
      { kind: 'text', text: '{"type":"exit","exit_code":7}' },
    ]);
  });

  test.each([
    ['text that is no UTF-8', [0x81, 2, 0xc3, 0x28], 'invalid UTF-8 sequence'],
    ['an unknown opcode', [0x83, 0], 'invalid opcode 3'],
    ['a line of HTTP', [...Buffer.from('HTTP/1.1 500 No\r\n\r\n')], 'RSV'],
  ])('%s ends the connection and is kept as no frame, after what came before it', async (_, bytes, why) => {
    const { baseUrl } = await rawServer([0x82, 2, 1, 0x61, ...bytes]);
    const socket = await opened(baseUrl);
    expect(await untilClosed(socket)).toBe(1006);
    expect(socket.frames()).toEqual([
      { kind: 'binary', data: '\x01a' },
      { kind: 'invalid', why: expect.stringContaining(why) },
    ]);
  });

  test('of a flood it keeps so much, marks that it is cut, and ends the connection', async () => {
    const { baseUrl } = await wsServer((socket) => {
      const part = Buffer.alloc(2 ** 20, 1);
      for (let sent = 0; sent < 3 * RECEIVED_LIMIT_BYTES; sent += part.length) socket.send(part);
    });
    const socket = await opened(baseUrl);
    expect(await untilClosed(socket)).toBe(1006);
    const kept = socket.frames().flatMap((frame) => (frame.kind === 'binary' ? [frame.data.length] : []));
    expect(kept.reduce((sum, length) => sum + length, 0)).toBe(RECEIVED_LIMIT_BYTES);
    expect(socket.frames().at(-1)).toEqual({
      kind: 'invalid',
      why: `cut off: more than ${RECEIVED_LIMIT_BYTES} bytes in all`,
    });
    expect(socket.frames()).toHaveLength(kept.length + 1);
  });

  test('a single frame that is longer than what is kept is not taken, and said', async () => {
    const { baseUrl } = await wsServer((socket) => socket.send(Buffer.alloc(RECEIVED_LIMIT_BYTES + 1, 1)));
    const socket = await opened(baseUrl);
    expect(await untilClosed(socket)).toBe(1006);
    expect(socket.frames()).toEqual([{ kind: 'invalid', why: 'Max payload size exceeded' }]);
  });

  test('sends the key, the raw path, bytes and texts', async () => {
    const { baseUrl } = await wsServer((socket, request) => {
      socket.send(`${request.url} ${request.headers.authorization}`);
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    });
    const socket = await opened(baseUrl, '/v1/boxes/%2E%2E/attach?stdin=0');
    socket.sendBinary(everyByte);
    socket.sendText('täxt');
    for (let tries = 0; socket.frames().length < 3 && tries < 50; tries++) await socket.changed(200);
    expect(socket.frames()).toEqual([
      { kind: 'text', text: '/v1/boxes/%2E%2E/attach?stdin=0 Bearer k' },
      { kind: 'binary', data: everyByte },
      { kind: 'text', text: 'täxt' },
    ]);
  });

  test('a refused handshake leaves no connection open, though the server would keep it', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const closed = new Promise((resolve) => {
      server.once('connection', (socket) =>
        socket.on('close', () => resolve('closed')).on('error', () => {}),
      );
    });
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await attach({ baseUrl }, path, { timeoutMs })).toMatchObject({ refused: { status: 404 } });
    expect(await closed).toBe('closed');
  });

  test('a refused handshake is the plain HTTP answer', async () => {
    const body = '{"error":{"message":"taken","type":"InvalidStateError","code":"invalid_state"}}';
    const refusing = await httpServer((_, response) => response.writeHead(409, { 'x-a': 'b' }).end(body));
    const answer = await attach(refusing, path, { timeoutMs });
    expect(answer).toMatchObject({ refused: { method: 'GET', path, status: 409, body, timedOut: false } });
    expect('refused' in answer && answer.refused.headers['x-a']).toBe('b');
  });

  test('closing a socket sends Close and waits for the peer, dropping it does not', async () => {
    const ends: number[] = [];
    const { baseUrl } = await wsServer((socket) => socket.on('close', (code) => ends.push(code)));
    const polite = await opened(baseUrl);
    await polite.close();
    expect(polite.closed()?.code).toBe(1000);
    const rude = await opened(baseUrl);
    await rude.drop();
    await expect.poll(() => ends).toEqual([1000, 1006]);
    expect(rude.closed()?.code).toBe(1006);
    rude.sendBinary('ignored after the end');
  });

  test('waiting for a change ends at the next frame, or after its time', async () => {
    const { baseUrl } = await wsServer((socket) => socket.on('message', () => socket.send('answer')));
    const socket = await opened(baseUrl);
    const before = performance.now();
    await socket.changed(150);
    expect(performance.now() - before).toBeGreaterThan(130);
    socket.sendText('question');
    await socket.changed(4_000);
    expect(socket.frames()).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  test('an attach to nobody, and to somebody who never answers, is a refusal with status 0', async () => {
    const mute = createServer((socket) => socket.resume().on('error', () => {}));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    const silent = await attach({ baseUrl }, path, { timeoutMs: 200 });
    expect(silent).toMatchObject({ refused: { status: 0, timedOut: true } });
    await new Promise((resolve) => mute.close(resolve));
    const dead = await attach({ baseUrl }, path, { timeoutMs });
    expect(dead).toMatchObject({
      refused: { status: 0, timedOut: false, err: expect.stringContaining('ECONNREFUSED') },
    });
  });

  test('an abort by the caller ends the handshake', async () => {
    const { baseUrl } = await httpServer(() => {});
    const answer = await attach({ baseUrl }, path, { timeoutMs, signal: AbortSignal.timeout(100) });
    expect(answer).toMatchObject({ refused: { status: 0, timedOut: false } });
  });
});
