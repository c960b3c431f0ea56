import { expect, test } from 'vitest';
import { withSdk } from './bench.ts';

withSdk('what is refused', (bench) => {
  const make = (options: object) =>
    bench().client.create({ rootfsPath: bench().rootfs, ...options }, 'refused');

  test('a wrong key', async () => {
    await expect(bench().clientWith('another').listInfo()).rejects.toThrow('invalid or missing API key');
  });

  test('unknown boxes are none, and cannot be removed', async () => {
    const { client } = bench();
    expect(await client.get('nobody')).toBeNull();
    expect(await client.getInfo('nobody')).toBeNull();
    await expect(client.remove('nobody', true)).rejects.toThrow('box not found: nobody');
  });

  test.each([
    ['a managed volume', { volumes: [{ managedVolume: 'v', guestPath: '/data' }] }, 'managed volumes'],
    ['a missing binary', { cmd: ['/no/such'] }, 'executable'],
  ])('%s', async (_, options, text) => {
    const started = make(options).then((box) => box.start());
    await expect(started).rejects.toThrow(text);
    await bench()
      .client.remove('refused', true)
      .catch(() => {});
  });

  test('volumes and images of the server', async () => {
    await expect(bench().client.volumes.list()).rejects.toThrow('named volumes are not supported yet');
  });

  test('every option of a box that has no effect here is taken', async () => {
    const box = await make({
      user: '1000:1000',
      entrypoint: ['sh'],
      diskSizeGb: 2,
      autoResume: false,
      network: { outbound: { mode: 'enabled', allowNet: ['example.org'] }, inbound: { mode: 'enabled' } },
      advanced: { capabilities: { add: ['NET_ADMIN'], drop: ['NET_RAW'] } },
      secrets: [{ name: 's', value: 'v', hosts: ['example.org'] }],
    });
    expect(await box.info()).toMatchObject({ autoResume: false, state: { status: 'configured' } });
    await bench().client.remove('refused');
  });
});
