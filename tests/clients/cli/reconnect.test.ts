import { expect, test } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
import { cuttingRelay } from '../../reference/fake/relay.ts';
import { withRealCli } from './bench.ts';

const bench = withRealCli();

test('a client whose connection was cut comes back and gets the rest and the code', async () => {
  const { boxlite, from, url } = bench();
  await boxlite(['run', '-d', '--name', 'box', ...from, ...argvOf({ do: 'hold', out: '' })]);
  const relay = await cuttingRelay(Number(new URL(url).port));
  try {
    const gate = argvOf({ do: 'gate', gate: 'g1', out: '1\n2\n3\n', after: '4\n5\n6\n', code: 9 });
    const running = boxlite(['exec', 'box', '--', ...gate], undefined, `http://127.0.0.1:${relay.port}`);
    // What came back over it says that the client is attached, not still on its way.
    await expect.poll(() => relay.passed().includes('1\n2\n3\n'), { timeout: 10_000 }).toBe(true);
    const before = relay.opened();
    relay.cut();
    // It asks first whether the command still runs, and would take the code without the rest if it did not.
    await expect.poll(relay.opened, { timeout: 10_000 }).toBeGreaterThan(before);
    await boxlite(['exec', 'box', '--', ...argvOf({ do: 'open', gate: 'g1' })]);
    const { code, out, err } = await running;
    expect([code, err]).toEqual([9, '']);
    // Every attach begins with the backlog (contract 5.4); up to 0.10.7 the client prints that a second time.
    expect(out).toMatch(/^(1\n2\n3\n)?1\n2\n3\n4\n5\n6\n$/);
  } finally {
    relay.close();
  }
});
