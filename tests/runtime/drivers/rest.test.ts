import { describe, expect, onTestFinished, test } from 'vitest';
import { everyByte, toBuffer } from '../../../domain/bytes.ts';
import { restClient, type Server } from '../../../runtime/drivers/rest.ts';
import { httpServer } from '../fixtures/servers.ts';

const timeoutMs = 5_000;

function client(server: Server) {
  const opened = restClient(server);
  onTestFinished(() => opened.close());
  return opened;
}

describe('restClient', () => {
  test('sends method, raw path, bearer and JSON, and hands back status, headers, bytes', async () => {
    const { baseUrl } = await httpServer(async (request, response) => {
      const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
      const { method, url, headers } = request;
      response.setHeader(
        'x-saw',
        JSON.stringify([method, url, headers.authorization, headers['content-type'], body]),
      );
      response.statusCode = 201;
      response.end(toBuffer(everyByte));
    });
    const path = '/v1/boxes/%2E%2E/exec?a=%20b';
    const answer = await client({ baseUrl, apiKey: 'k' }).request(
      { method: 'POST', path, json: { a: 1 } },
      { timeoutMs },
    );
    expect(answer).toMatchObject({ method: 'POST', path, status: 201, body: everyByte, timedOut: false });
    expect(JSON.parse(answer.headers['x-saw'] ?? '')).toEqual([
      'POST',
      path,
      'Bearer k',
      'application/json',
      '{"a":1}',
    ]);
  });

  test('a body of bytes goes out as it is, with its content type', async () => {
    const { baseUrl } = await httpServer((request, response) => request.pipe(response));
    const request = {
      method: 'PUT',
      path: '/v1/x',
      body: toBuffer(everyByte),
      contentType: 'application/x-tar',
    };
    expect((await client({ baseUrl }).request(request, { timeoutMs })).body).toBe(everyByte);
  });

  test('a path prefix goes between /v1 and /boxes, and nowhere else', async () => {
    const { baseUrl } = await httpServer((request, response) => response.end(request.url));
    const rest = client({ baseUrl: `${baseUrl}/api/`, prefix: 'default' });
    const get = async (path: string) => (await rest.request({ method: 'GET', path }, { timeoutMs })).body;
    expect(await get('/v1/boxes?x=1')).toBe('/api/v1/default/boxes?x=1');
    expect(await get('/v1/boxes/a/start')).toBe('/api/v1/default/boxes/a/start');
    expect(await get('/v1/config')).toBe('/api/v1/config');
  });

  test('a request to no server is an answer with status 0 that says why', async () => {
    const { server, baseUrl } = await httpServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    const answer = await client({ baseUrl }).request({ method: 'GET', path: '/v1/me' }, { timeoutMs });
    expect(answer).toMatchObject({
      status: 0,
      timedOut: false,
      err: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('a connection cut in the middle of the body is no answer, and is not tried again', async () => {
    let requests = 0;
    const { baseUrl } = await httpServer((_, response) => {
      requests += 1;
      response.writeHead(200, { 'content-length': '10' });
      response.write('abc', () => response.destroy());
    });
    const answer = await client({ baseUrl }).request({ method: 'GET', path: '/v1/me' }, { timeoutMs });
    expect(answer).toMatchObject({ status: 0, timedOut: false });
    expect(answer.err).toBeTruthy();
    expect(requests).toBe(1);
  });

  test.each([
    ['headers', false],
    ['a body', true],
  ])('a server that never sends %s is timed out', async (_, begin) => {
    const { baseUrl } = await httpServer((_request, response) => {
      if (begin) response.write('x');
    });
    const answer = await client({ baseUrl }).request({ method: 'GET', path: '/v1/me' }, { timeoutMs: 200 });
    expect(answer).toMatchObject({ status: 0, timedOut: true });
    expect(answer.ms).toBeLessThan(2_000);
  });

  test('a redirect is an answer, not followed', async () => {
    const { baseUrl } = await httpServer((_, response) =>
      response.writeHead(302, { location: '/v1/me' }).end(),
    );
    const answer = await client({ baseUrl }).request({ method: 'GET', path: '/v1/x' }, { timeoutMs });
    expect(answer.status).toBe(302);
  });

  test('an abort by the caller ends the call and is no timeout', async () => {
    const { baseUrl } = await httpServer(() => {});
    const options = { timeoutMs, signal: AbortSignal.timeout(100) };
    const answer = await client({ baseUrl }).request({ method: 'GET', path: '/v1/me' }, options);
    expect(answer).toMatchObject({ status: 0, timedOut: false });
  });
});
