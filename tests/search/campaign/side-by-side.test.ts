import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sideBySide } from '../../../search/campaign/side-by-side.ts';

/** Work whose pieces end when they are told to, in any order. */
function bench(lanes: number, count: number, order: 'begun' | 'done' = 'begun') {
  const ends = new Map<number, { done: () => void; fail: (error: Error) => void }>();
  const begun: number[] = [];
  const told: number[] = [];
  const ended: number[] = [];
  const left = Array.from({ length: count }, (_, i) => i).values();
  const ran = sideBySide(
    () => left.next().value,
    { lanes, order },
    (thing: number, signal) => {
      begun.push(thing);
      signal.addEventListener('abort', () => {
        if (ended.includes(thing)) return;
        told.push(thing);
        setImmediate(() => ends.get(thing)?.done());
      });
      return new Promise<string>((resolve, reject) => {
        ends.set(thing, { done: () => resolve(`r${thing}`), fail: reject });
      }).finally(() => void ended.push(thing));
    },
  );
  return { ran, begun, ends, told, ended, next: async () => (await ran.next()).value?.result };
}

const turn = () => new Promise(setImmediate);

test('with one lane nothing is begun before the result before it was dealt with', async () => {
  const { ran, begun, ends, next } = bench(1, 2);
  const first = next();
  ends.get(0)?.done();
  expect(await first).toBe('r0');
  await turn();
  expect(begun).toEqual([0]);
  const second = next();
  expect(begun).toEqual([0, 1]);
  ends.get(1)?.done();
  expect(await second).toBe('r1');
  expect((await ran.next()).done).toBe(true);
});

test('while the caller is busy with a result, one lane is left to it and the others go on', async () => {
  const { ran, begun, ends, next } = bench(3, 10);
  const first = next();
  expect(begun).toEqual([0, 1, 2]);
  ends.get(0)?.done();
  await first;
  ends.get(1)?.done();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  const second = next();
  expect(await second).toBe('r1');
  const third = next();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  ends.get(2)?.done();
  expect(await third).toBe('r2');
  await ran.return(undefined);
});

test('what is under way when the caller leaves is told, and waited for', async () => {
  const { ran, begun, ends, told, ended, next } = bench(3, 10);
  const first = next();
  ends.get(0)?.done();
  await first;
  await ran.return(undefined);
  expect(told).toEqual(begun.slice(1));
  expect(ended).toEqual(begun);
});

test('what throws does so at its turn, and ends what is beside it', async () => {
  const { ran, ends, told, next } = bench(3, 10);
  const first = next();
  ends.get(1)?.fail(new Error('lost'));
  await turn();
  ends.get(0)?.done();
  expect(await first).toBe('r0');
  await expect(ran.next()).rejects.toThrow('lost');
  expect(told).toContain(2);
});

test('results can be had as they are done', async () => {
  const { ends, next } = bench(3, 10, 'done');
  const first = next();
  ends.get(2)?.done();
  expect(await first).toBe('r2');
  ends.get(1)?.done();
  await turn();
  expect(await next()).toBe('r1');
  const third = next();
  ends.get(3)?.done();
  expect(await third).toBe('r3');
});

test('whatever takes how long, results come in order, all of them, and no more than the lanes are at work', async () => {
  const times = fc.array(fc.nat(5), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(times, fc.integer({ min: 1, max: 5 }), async (turns, lanes) => {
      const left = turns.entries();
      let active = 0;
      const seen: number[] = [];
      const ran = sideBySide(
        () => left.next().value,
        { lanes, order: 'begun' },
        async ([i, waits]: [number, number]) => {
          active += 1;
          expect(active).toBeLessThanOrEqual(lanes);
          for (let turn = 0; turn < waits; turn++) await new Promise(setImmediate);
          active -= 1;
          return i;
        },
      );
      for await (const { result } of ran) seen.push(result);
      expect(seen).toEqual([...turns.keys()]);
    }),
    { numRuns: 50 },
  );
});
