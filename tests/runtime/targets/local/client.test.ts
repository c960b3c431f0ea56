import { expect, test } from 'vitest';
import { fakeTarget } from '../../fixtures/fake-target.ts';

test('the clients of the server are another program where one is given, and only they', async () => {
  const { target } = await fakeTarget('', { client: '/bin/echo' });
  const session = await target.session('clients');
  const said = async (via: 'cli' | 'url') =>
    (await session.cli(via, ['list'], { timeoutMs: 10_000 })).out.toString();
  expect(await said('url')).toMatch(/--url http\S+ list\n$/u);
  expect(await said('cli')).not.toContain('--home');
});
