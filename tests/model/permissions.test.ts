import { describe, expect, it } from 'vitest';
import type { User } from '../../domain/options.ts';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import { exec, hold, run } from './fixtures/steps.ts';

const path = '/root/f1';
const copyIn = (more = {}) =>
  ({ op: 'copy-in', via: 'rest', on: 'box1', path, data: 'data\n', mode: '640', ...more }) as const;
const copyOut = (via: 'url' | 'rest' | 'sdk') =>
  ({ op: 'copy-out', via, on: 'box1', path, mode: true }) as const;
const look = exec({ do: 'mode', path });

describe('permissions and owner of what is copied (contract 2.8)', () => {
  it('are those that it came with, and of the user of the box', () => {
    expect(outcome(reached(run(hold), copyIn()), look).expect).toMatchObject({
      out: { exactly: '-rw-r----- 0 0\n' },
    });
    const ofUser = reached({ ...run(hold), user: '1234:56' as User }, copyIn({ mode: '755' }));
    expect(saysNothing(ofUser, look)).toBe(true);
    expect(outcome(ofUser, { ...look, user: 'root' }).expect).toMatchObject({
      out: { exactly: '-rwxr-xr-x 1234 56\n' },
    });
  });

  it('are shown where it is copied out to, with the owner where that is a file of the host', () => {
    const world = reached(run(hold), copyIn());
    expect(outcome(world, copyOut('rest')).expect).toEqual({
      is: 'bytes',
      data: { exactly: '-rw-r-----\n' },
    });
    expect(outcome(world, copyOut('url')).expect).toEqual({
      is: 'bytes',
      data: { exactly: '-rw-r----- own\n' },
    });
    expect(saysNothing(world, copyOut('sdk'))).toBe(true);
  });

  it('are not spoken of where a file was there, or came without', () => {
    const written = reached(run(hold), exec({ do: 'write', path, data: 'x' }));
    for (const world of [written, onward(written, copyIn()), reached(run(hold), copyIn({ mode: undefined }))])
      expect(outcome(world, look).expect).toMatchObject({ codes: [0], out: { anything: true } });
    expect(outcome(reached(run(hold)), look).expect).toMatchObject({ codes: 'nonzero' });
  });

  it('stay when a process writes to the file, and over the runs of the box', () => {
    const world = reached(run(hold), copyIn(), exec({ do: 'write', path, data: 'x' }));
    expect(outcome(world, look).expect).toMatchObject({ out: { exactly: '-rw-r----- 0 0\n' } });
    expect(labels(world, look)).toEqual(['ran']);
  });

  it('come with no directory and through no SDK', () => {
    const world = reached(run(hold));
    expect(saysNothing(world, copyIn({ via: 'sdk' }))).toBe(true);
    expect(saysNothing(world, copyIn({ path: '/root', tree: 'contents' }))).toBe(true);
  });
});
