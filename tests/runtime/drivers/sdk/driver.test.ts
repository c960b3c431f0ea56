import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { expect, test } from 'vitest';

/** A stand-in for the Python SDK: what is sent takes the longer, the more it is, and is told once it has gone. */
const standIn = `
import asyncio

class Stream:
    def __aiter__(self):
        return self
    async def __anext__(self):
        await asyncio.sleep(60)

class Stdin:
    async def send_input(self, data):
        await asyncio.sleep(len(data) / 100)
        print('{"sent": %d}' % len(data), flush=True)
    async def close(self):
        print('{"sent": "end"}', flush=True)

class Execution:
    def stdin(self):
        return Stdin()
    def stdout(self):
        return Stream()
    stderr = stdout
    def id(self):
        return "e1"

class Box:
    id = "b1"
    async def attach(self, execution):
        return Execution()

class Boxlite:
    @staticmethod
    def rest(options):
        return Boxlite()
    async def get(self, box):
        return Box()

class ApiKeyCredential:
    pass

class BoxOptions:
    pass

def BoxliteRestOptions(**options):
    return options
`;

test('what is sent to an attached execution goes in the order in which it was asked for, the end of input last', async () => {
  const place = mkdtempSync(join(tmpdir(), 'boxcheck-driver-'));
  mkdirSync(join(place, 'boxlite'));
  writeFileSync(join(place, 'boxlite', '__init__.py'), standIn);
  const driver = execa('python3', ['runtime/drivers/sdk/driver.py'], { env: { PYTHONPATH: place } });
  const told = createInterface({ input: driver.stdout })[Symbol.asyncIterator]();
  const ask = (id: number, method: string, more: object) =>
    driver.stdin.write(`${JSON.stringify({ id, method, ...more })}\n`);
  const next = async () => JSON.parse((await told.next()).value ?? '{}');

  ask(1, 'connect', { url: 'http://localhost' });
  await next();
  ask(2, 'attach', { held_as: 'att1', box: 'b1', execution: 'e1' });
  expect(await next()).toEqual({ id: 2, ok: { id: 'e1' } });
  // Nobody waits for an answer in between, as boxcheck does not.
  ask(3, 'send', { execution: 'att1', data: Buffer.alloc(30).toString('base64') });
  ask(4, 'send', { execution: 'att1', data: Buffer.alloc(1).toString('base64') });
  ask(5, 'end_input', { execution: 'att1' });
  const sent = [];
  while (sent.length < 3) {
    const line = await next();
    if ('sent' in line) sent.push(line.sent);
  }
  expect(sent).toEqual([30, 1, 'end']);
  driver.stdin.end();
  await driver;
  rmSync(place, { recursive: true });
});
