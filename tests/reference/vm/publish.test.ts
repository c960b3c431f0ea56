import { afterEach, expect, test } from 'vitest';
import { defectsFromEnvironment } from '../../../reference/defects/spoil.ts';
import { publish } from '../../../reference/vm/publish.ts';
import { hostPorts, localTcp } from '../../../runtime/targets/local/tcp.ts';
import { portDefects } from './guest-defects.ts';

const DATA = '\x7f\x80\x81';

afterEach(() => defectsFromEnvironment({}));

/** What a client of a published port meets: alone, beside another, after the end, and where it is taken. */
async function seen(defect: string): Promise<unknown[]> {
  await defectsFromEnvironment({ BOXLITE_REF_DEFECTS: defect });
  const ports = hostPorts(localTcp);
  const specs = [{ host: await ports.port(1), guest: 7_000 }];
  const serves = (guest: number) => guest === 7_000;
  const published = await publish(specs, serves);
  const again = await publish(specs, serves).catch((error: Error) => error.message.replace(/\d+/g, 'N'));
  const answers = [await ports.connect(1, DATA, 1, 1), await ports.connect(1, DATA, 2, 1)];
  published.close();
  if (typeof again !== 'string') again.close();
  return [typeof again === 'string' ? again : 'published', ...answers, await ports.connect(1, DATA, 1, 1)];
}

const clean = ['cannot publish port N: listen N.N.N.N:N: address already in use', DATA, DATA + DATA, null];

test.each(portDefects)('%s is seen when it is on, and only then', async (name) => {
  expect(await seen('')).toEqual(clean);
  expect(await seen(name)).not.toEqual(clean);
}, 30_000);
