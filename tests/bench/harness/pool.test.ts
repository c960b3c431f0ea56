import { expect, it } from 'vitest';
import { withPool } from '../../../bench/harness/pool.ts';

const performer = new URL('../fixtures/echo.ts', import.meta.url);
const options = { performer, settings: 'opened with this:', jobs: 2 };

it('shares trials between its workers, and hands every result over', async () => {
  const results: string[] = [];
  const { signal } = new AbortController();
  const complete = await withPool<string, string>({ ...options, signal }, (make) =>
    make(['a', 'b', 'c'], (result) => void results.push(result)),
  );
  expect(complete).toBe(true);
  expect(results.sort()).toEqual(['a', 'b', 'c'].map((trial) => `opened with this: ${trial}`));
}, 60_000);

it('fails with the reason of a worker that breaks', async () => {
  const { signal } = new AbortController();
  const broken = withPool<string, string>({ ...options, signal }, (make) => make(['break'], () => {}));
  await expect(broken).rejects.toThrow('a worker broke: boxcheck: Error: broken on purpose');
}, 60_000);

it('ends its workers when the signal is aborted, and says that it did not get to the end', async () => {
  const abort = new AbortController();
  const complete = await withPool<string, string>({ ...options, signal: abort.signal }, (make) =>
    make(['a', 'b', 'c', 'd', 'e'], () => abort.abort(new Error('stopped'))),
  );
  expect(complete).toBe(false);
}, 60_000);
