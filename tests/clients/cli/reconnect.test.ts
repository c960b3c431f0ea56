import { expect, test } from 'vitest';
import { cuttingRelay } from '../../reference/fake/relay.ts';
import { withRealCli } from './bench.ts';

const bench = withRealCli();

test('a client whose connection was cut comes back and gets the rest and the code', async () => {
  const { boxlite, from, url } = bench();
  await boxlite(['run', '-d', '--name', 'box', ...from, 'sleep', '300']);
  const file = async (args: string[]) => (await boxlite(['exec', 'box', '--', ...args])).code === 0;
  const relay = await cuttingRelay(Number(new URL(url).port));
  try {
    // It begins with a line of its stdin: one that came says that the client is attached, not still on its way.
    const script =
      'read line; seq 1 3; touch /root/begun; while [ ! -e /root/go ]; do sleep 0.05; done; seq 4 6; exit 9';
    const args = ['exec', '-i', 'box', '--', 'sh', '-c', script];
    const running = boxlite(args, 'begin\n', `http://127.0.0.1:${relay.port}`);
    await expect.poll(() => file(['test', '-e', '/root/begun']), { timeout: 10_000 }).toBe(true);
    const before = relay.opened();
    relay.cut();
    // It asks first whether the command still runs, and would take the code without the rest if it did not.
    await expect.poll(relay.opened, { timeout: 10_000 }).toBeGreaterThan(before);
    await file(['touch', '/root/go']);
    const { code, out, err } = await running;
    expect([code, err]).toEqual([9, '']);
    // Every attach begins with the backlog (contract 5.4); up to 0.10.7 the client prints that a second time.
    expect(out).toMatch(/^(1\n2\n3\n)?1\n2\n3\n4\n5\n6\n$/);
  } finally {
    relay.close();
  }
});
