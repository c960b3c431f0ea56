import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newBoxId, newContainerId } from '../../reference/core/box.ts';
import { guestPath } from '../../reference/core/copy.ts';
import { newMutex, resolveBox } from '../../reference/core/runtime.ts';
import { parseVolume } from '../../reference/core/volumes.ts';

test('ids have the shapes of the contract', () => {
  expect(newBoxId()).toMatch(/^[0-9A-Za-z]{12}$/);
  expect(newContainerId()).toMatch(/^[0-9a-f]{64}$/);
});

describe('resolving', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[ab]{12}$/), { minLength: 1, maxLength: 6 });
  const home = ids.chain((all) =>
    fc.record({
      boxes: fc.constant(
        all.map((id, i) => ({ id, name: i === 0 ? (all.at(-1)?.slice(0, 3) ?? null) : null })),
      ),
      typed: fc.oneof(fc.constantFrom(...all), fc.stringMatching(/^[ab]{0,12}$/)),
    }),
  );

  test('prefers an exact id, then a name, then the only prefix', () => {
    fc.assert(
      fc.property(home, ({ boxes, typed }) => {
        const resolved = () => resolveBox(boxes, typed);
        const exact = boxes.find(({ id }) => id === typed) ?? boxes.find(({ name }) => name === typed);
        const begin = boxes.filter(({ id }) => id.startsWith(typed));
        if (typed === '' || (!exact && begin.length === 0)) expect(resolved).toThrow('box not found');
        else if (exact) expect(resolved()).toBe(exact);
        else if (begin.length === 1) expect(resolved()).toBe(begin[0]);
        else expect(resolved).toThrow(`multiple boxes match prefix '${typed}': ["`);
      }),
    );
  });
});

describe('volumes', () => {
  const boxPath = fc.stringMatching(/^\/[a-z/]{1,8}$/);
  const mode = fc.constantFrom('ro', 'rw', undefined);

  test('every legal text is understood', () => {
    const source = fc.oneof(
      fc.stringMatching(/^\/[a-z]{1,8}$/),
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(source, boxPath, mode, (from, at, how) => {
        const volume = parseVolume([from, at, how].filter((part) => part !== undefined).join(':'));
        const kind = from === undefined ? 'anonymous' : from.startsWith('/') ? 'host' : 'managed';
        expect(volume).toMatchObject({ kind, at, mode: how ?? 'rw' });
      }),
    );
  });

  test('any other text is a fault that says why', () => {
    const told =
      /empty volume spec|invalid volume spec|volume source must be non-empty|volume box path must be absolute/;
    fc.assert(
      fc.property(fc.stringMatching(/^[a:/]{0,6}$/), (text) => {
        try {
          expect(parseVolume(text).at).toMatch(/^\//);
        } catch (error) {
          expect(String(error)).toMatch(told);
        }
      }),
    );
  });
});

test('paths in a box become absolute and normal, and never climb', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a./]{1,10}$/), (text) => {
      if (text.split('/').includes('..')) expect(() => guestPath(text)).toThrow("must not contain '..'");
      else expect(guestPath(text)).toMatch(/^\/(?:[a.]+(?:\/[a.]+)*)?$/);
    }),
  );
});

test('a mutex runs tasks one by one, in order, past failures', async () => {
  const exclusive = newMutex();
  const log: string[] = [];
  const task = (name: string, fails: boolean) => async () => {
    log.push(`${name}+`);
    await new Promise(setImmediate);
    log.push(`${name}-`);
    if (fails) throw new Error(name);
  };
  const results = await Promise.allSettled([exclusive(task('a', true)), exclusive(task('b', false))]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(log).toEqual(['a+', 'a-', 'b+', 'b-']);
});
