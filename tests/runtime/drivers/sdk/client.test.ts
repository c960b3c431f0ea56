import { expect, test } from 'vitest';
import { sdkClient } from '../../../../runtime/drivers/sdk/client.ts';

/** A driver of a few lines that answers what it is told to. */
const source = `
  const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
  require('node:readline').createInterface({ input: process.stdin }).on('line', (text) => {
    const { id, method, ...more } = JSON.parse(text);
    if (method === 'connect') setTimeout(() => say({ id }), 300);
    if (method === 'echo') setTimeout(() => say({ id, ok: more }), more.ms);
    if (method === 'raise') say({ id, error: { kind: 'NotFoundError', code: 'not_found', message: 'none' } });
    if (method === 'cut') process.stdout.write('{"id": ' + id + ', "ok": "', () => process.exit(4));
    if (method === 'chat') console.log(more.says);
    if (method === 'die') { console.error('last words'); process.exit(3); }
    if (method === 'attach') {
      say({ of: more.held_as, out: Buffer.from('early').toString('base64') });
      say({ id, ok: { id: 'e1' } });
    }
    if (method === 'send') say({ of: more.execution, err: more.data });
    if (method === 'end_input') say({ of: more.execution, code: 7, error: null });
  });`;

const server = { method: 'connect', url: 'http://127.0.0.1:1', key: 'k' };
const client = () => sdkClient({ file: process.execPath, args: ['-e', source], version: '0' }, server);
const soon = { timeoutMs: 5_000 };

test('several calls at a time get the answers that are theirs', async () => {
  const sdk = client();
  const answers = await Promise.all([
    sdk.call({ method: 'echo', ms: 60, a: 1 }, soon),
    sdk.call({ method: 'echo', ms: 0, a: 2 }, soon),
    sdk.call({ method: 'raise' }, soon),
  ]);
  expect(answers).toMatchObject([
    { ok: { a: 1 } },
    { ok: { a: 2 } },
    { error: { kind: 'NotFoundError', code: 'not_found', message: 'none' } },
  ]);
  await sdk.drop();
});

test('the start of the process does not count against a call, an answer that does not come does', async () => {
  const sdk = client();
  expect(await sdk.call({ method: 'echo', ms: 0 }, { timeoutMs: 200 })).toMatchObject({ ok: { ms: 0 } });
  expect(await sdk.call({ method: 'nothing' }, { timeoutMs: 50 })).toEqual({ hung: 50 });
  await sdk.drop();
});

test('a process that dies answers with its last words, and after a drop another one is started', async () => {
  const sdk = client();
  const died = { died: expect.stringMatching(/ended with 3: last words/) };
  expect(await sdk.call({ method: 'die' }, soon)).toEqual(died);
  expect(await sdk.call({ method: 'echo', ms: 0 }, soon)).toEqual(died);
  await sdk.drop();
  expect(await sdk.call({ method: 'echo', ms: 0 }, soon)).toMatchObject({ ok: { ms: 0 } });
  await sdk.drop();
});

test('one that dies in the middle of a line has said nothing with it', async () => {
  const sdk = client();
  const died = { died: expect.stringMatching(/ended with 4/) };
  expect(await sdk.call({ method: 'cut' }, soon)).toEqual(died);
  await sdk.drop();
});

test('an attach looks like a socket, with what came before its answer', async () => {
  const sdk = client();
  const answer = await sdk.attach({ method: 'attach', held_as: 'att1', box: 'b' }, soon);
  if (!('socket' in answer)) throw new Error('refused');
  const { socket } = answer;
  expect(socket.executionId).toBe('e1');
  expect(socket.frames()).toEqual([{ kind: 'binary', data: '\x01early' }]);
  socket.sendBinary('\xff');
  await expect.poll(() => socket.frames().length).toBe(2);
  expect(socket.frames()[1]).toEqual({ kind: 'binary', data: '\x02\xff' });
  expect(socket.closed()).toBeNull();
  socket.sendText('{"type":"stdin_eof"}');
  await expect.poll(() => socket.closed()).toEqual({ code: 1000 });
  expect(socket.frames()[2]).toEqual({ kind: 'text', text: '{"type":"exit","exit_code":7}' });
  await sdk.drop();
});

test('one whose process dies is lost', async () => {
  const sdk = client();
  const answer = await sdk.attach({ method: 'attach', held_as: 'att1', box: 'b' }, soon);
  await sdk.drop();
  expect('socket' in answer && answer.socket.closed()).toEqual({ code: 1006 });
});

test.each([
  'hello',
  '{"id": 2, "ok": NaN}',
  'null',
  '7',
])('a driver that prints %s, which is no message, has died, and another one is started after it', async (says) => {
  const sdk = client();
  const { died } = await sdk.call({ method: 'chat', says }, soon);
  expect(died).toContain(`the driver printed what is no message: ${says}`);
  await sdk.drop();
  expect(await sdk.call({ method: 'echo', ms: 0, a: 1 }, soon)).toMatchObject({ ok: { a: 1 } });
  await sdk.drop();
});
