import { describe, expect, test } from 'vitest';
import { attach, attached, call, create, place } from './fake/served.ts';

describe('races', () => {
  const statuses = async (...calls: Promise<{ status: number }>[]) =>
    (await Promise.all(calls)).map(({ status }) => status).sort();

  test('of two alike, the answers fit some order', async () => {
    const id = await create({ cmd: ['hold'] });
    expect(await statuses(call('POST', `/boxes/${id}/start`), call('POST', `/boxes/${id}/start`))).toEqual([
      200, 200,
    ]);
    expect(await statuses(call('POST', `/boxes/${id}/stop`), call('POST', `/boxes/${id}/stop`))).toEqual([
      200, 200,
    ]);
    const remove = () => call('DELETE', `/boxes/${id}?force=true`);
    expect(await statuses(remove(), remove())).toEqual([204, 404]);
    const named = () => call('POST', '/boxes', { name: 'race', rootfs_path: place.rootfs });
    expect(await statuses(named(), named())).toEqual([201, 400]);
  });

  test('one of two attaches to a Configured box gets in', async () => {
    const id = await create({ cmd: ['hold'] });
    const both = await Promise.all([
      attach(`/boxes/${id}/attach`),
      attach(`/boxes/${id.slice(0, 8)}/attach`),
    ]);
    expect(both.filter((one) => one === 409)).toHaveLength(1);
    for (const one of both) if (typeof one !== 'number') one.ws.close();
    expect((await call('GET', `/boxes/${id}`)).json.status).toBe('configured');
  });

  test('a slot is free as soon as its client has closed', async () => {
    const id = await create();
    const { json } = await call('POST', `/boxes/${id}/exec`, { command: 'hold' });
    for (let i = 0; i < 5; i++) {
      const { ws, closed } = await attached(`/boxes/${id}/executions/${json.execution_id}/attach`);
      ws.close();
      await closed;
    }
  });
});
