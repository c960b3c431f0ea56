import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { boxcheck } from '../spawn.ts';

const KEY = 'SeCret/Key+of-letters/and-23-more==';
/** The beginning of it, in whatever letters. */
const PART = /secret.key/iu;
const dir = mkdtempSync(join(tmpdir(), 'bc-secret-'));

/** A server that says whatever key it was given, in every way it can. */
const server = createServer(({ url, method, headers }, response) => {
  const key = String(headers.authorization).replace('Bearer ', '');
  // What is long is cut, and what a type or code is becomes a part of names.
  const says = `${'x'.repeat(90)}${key} ${encodeURIComponent(key)} ${'y'.repeat(700)}`;
  const answers: Record<string, [number, unknown]> = {
    'GET /v1/config': [200, { capabilities: {} }],
    'GET /v1/boxes': [200, { boxes: [] }],
  };
  const error = { error: { message: says, type: key, code: key } };
  const [status, body] = answers[`${method} ${url}`] ?? [500, error];
  response.writeHead(status, { 'content-type': 'application/json', 'x-key': key }).end(JSON.stringify(body));
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

const filesBelow = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((file) => join(place, file))
    .filter((file) => statSync(file).isFile());

test('a key that the server echoes is in nothing that a run writes or prints', async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = join(dir, 'program.json');
  const steps = [{ op: 'create', via: 'rest', as: 'box1' }];
  writeFileSync(file, JSON.stringify({ format: 1, contract: '0.10.7', steps }));
  const out = join(dir, 'out');
  const args = ['repro', file, '--shrink', '--url', url, '--out', out];
  const env = { BOXLITE_API_KEY: KEY, XDG_CACHE_HOME: join(dir, 'cache') };
  const runs = await Promise.all([
    boxcheck(args, env),
    boxcheck([...args, '--json'], env),
    boxcheck([...args, '--api-key', KEY], { XDG_CACHE_HOME: join(dir, 'cache') }),
  ]);
  for (const { code, out: printed, err } of runs) {
    expect(code, err).toBe(1);
    expect(printed + err).toContain('(key)');
    expect(printed + err).not.toMatch(PART);
  }
  const written = filesBelow(dir).filter((one) => one !== file);
  expect(written.map((one) => one.slice(one.lastIndexOf('/') + 1))).toContain('ISSUE.md');
  for (const one of written) {
    expect(one).not.toMatch(PART);
    expect(readFileSync(one, 'latin1'), one).not.toMatch(PART);
  }
}, 120_000);
