import { describe, expect, it } from 'vitest';
import { everyByte, utf8 } from '../../domain/bytes.ts';
import type { Mount } from '../../domain/mount.ts';
import type { Work } from '../../domain/work.ts';
import type { World } from '../../model/world.ts';
import { onward, outcome, reached } from './fixtures/play.ts';
import { exec, foreground, gate, hold, print, run, spawn, withMounts } from './fixtures/steps.ts';

const line = '0123456789abcde\n';

/** What each workload does as a tenant and as PID 1: code, stdout, stderr (contract 1.1, 2.2, 2.4). */
const works: [Work, number, string, string][] = [
  [print('ü', 'é', 7), 7, 'Ã¼', 'Ã©'],
  [{ do: 'flood', bytes: 16, code: 3 }, 3, line, ''],
  [{ do: 'flood', bytes: 17, code: 0 }, 0, `${line}0`, ''],
  [{ do: 'flood', bytes: 11, pattern: 'text', to: 'both', code: 0 }, 0, utf8('aé漢🙂\n'), utf8('aé漢🙂\n')],
  [{ do: 'flood', bytes: 2, pattern: 'line', to: 'err', code: 0 }, 0, '', 'xx'],
  [{ do: 'daemon', code: 4 }, 4, '', ''],
  [{ do: 'blob' }, 0, everyByte, ''],
  [{ do: 'cat' }, 0, 'fed', ''],
  [{ do: 'args', args: ['a b', '', 'ü'] }, 0, 'a b\n\nÃ¼\n', ''],
  [{ do: 'env', value: 'a=ü' }, 0, 'a=Ã¼', ''],
];

describe('what a workload does', () => {
  it.each(works)('%j', (work, code, out, err) => {
    const seen = (told: string) => ({
      is: 'ended',
      codes: [code],
      out: { exactly: told },
      err: { exactly: err },
    });
    const world = reached(run(hold));
    expect(outcome(world, { ...exec(work), stdin: 'fed' })).toEqual({
      label: 'ran',
      expect: seen(out),
      next: { ...world, counts: expect.anything() },
    });
    expect(outcome(reached(), { ...foreground(work), stdin: 'fed' }).expect).toEqual({
      ...seen(out),
      err: { contains: [err] },
    });
    expect(outcome(world, exec(work)).expect).toEqual(seen(work.do === 'cat' ? '' : out));
    expect(outcome(reached(), foreground(work)).expect).toMatchObject({
      out: { exactly: work.do === 'cat' ? '' : out },
    });
  });

  it.each([
    [2, 130, 130, -2],
    [9, 137, 0, -9],
    [15, 143, 0, -15],
  ] as const)('dies of signal %i: %i for a tenant, %i as PID 1, %i on the wire', (signal, own, init, wire) => {
    const work: Work = { do: 'die', signal };
    const world = reached(run(hold));
    expect(outcome(world, exec(work, 'rest')).expect).toMatchObject({ codes: [own] });
    expect(outcome(reached(), foreground(work)).expect).toMatchObject({ codes: [init] });
    expect(onward(world, spawn(work)).execs.exec1).toMatchObject({ status: 'ending', codes: [wire] });
  });

  it('what a child writes after its end belongs to it, but to that of PID 1', () => {
    const fork: Work = { do: 'fork', out: 'a', after: 'b', code: 3 };
    expect(outcome(reached(run(hold)), exec(fork)).expect).toMatchObject({
      codes: [3],
      out: { exactly: 'ab' },
    });
    expect(outcome(reached(), foreground(fork)).expect).toMatchObject({ codes: [3], out: { exactly: 'a' } });
  });

  it('what was written is read, and nothing where there is no file', () => {
    const read: Work = { do: 'read', path: '/root/f1' };
    const world = reached(run(hold));
    expect(outcome(world, exec(read)).expect).toEqual({
      is: 'ended',
      codes: [1],
      out: { exactly: '' },
      err: { anything: true },
    });
    const written = onward(world, exec({ do: 'write', path: '/root/f1', data: 'ü' }));
    expect(outcome(written, exec(read)).expect).toMatchObject({ codes: [0], out: { exactly: 'Ã¼' } });
    const main = { ...foreground({ do: 'write', path: '/mnt/x/f', data: '' }, 'cli') };
    expect(outcome(reached(), main).expect).toMatchObject({ codes: 'nonzero' });
    expect(reached(main).boxes.box1).toMatchObject({ status: 'stopped', code: 'any' });
  });

  it('a failed write as main command of a detached box leaves a code that is not judged', () => {
    expect(reached(run({ do: 'write', path: '/mnt/x/f', data: '' })).boxes.box1?.code).toBe('any');
  });

  it('shows the mounts of its own box with their modes, and none that only others have', () => {
    const mounts: Mount[] = [
      { kind: 'dir', host: 'h1', at: '/mnt/a', mode: 'ro' },
      { kind: 'file', host: 'h1', at: '/mnt/f' },
      { kind: 'anonymous', at: '/mnt/b', mode: 'rw' },
    ];
    const other = withMounts(
      run(hold, 'cli', 'box2'),
      mounts[0] as Mount,
      {
        kind: 'anonymous',
        at: '/mnt/c',
      } as Mount,
    );
    const world = reached(withMounts(run(hold, 'cli'), ...mounts), other);
    expect(outcome(world, exec({ do: 'mounts' }, 'cli')).expect).toMatchObject({
      codes: [0],
      out: {
        mounts: [
          { at: '/mnt/a', mode: 'ro' },
          { at: '/mnt/f', mode: 'rw' },
          { at: '/mnt/b', mode: 'rw' },
        ],
        hidden: ['/mnt/c'],
      },
    });
  });
});

describe('gates', () => {
  const open = (name = 'g1') => exec({ do: 'open', gate: name });
  const waiting = (name = 'g1', as = 'exec1') => spawn({ ...gate, gate: name } as Work, as);

  it('let everything that waits for them in their box go on, and nothing else', () => {
    const elsewhere = { ...spawn(gate, 'exec4'), on: 'box2' };
    const before: World = reached(
      run(hold),
      run(gate, 'rest', 'box2'),
      waiting(),
      waiting('g2', 'exec2'),
      spawn(hold, 'exec3'),
      elsewhere,
    );
    const after = onward(before, open());
    expect(after.execs).toEqual({
      ...before.execs,
      exec1: { ...before.execs.exec1, status: 'ending', codes: [7], out: 'one\ntwo\n' },
    });
    expect(after.boxes.box2).toEqual(before.boxes.box2);
    expect(after.boxes.box1).toEqual({ ...before.boxes.box1, disk: { '/root/g1': '' } });
  });

  it('stay open on the disk: who comes later does not wait', () => {
    const world = reached(run(hold), open(), waiting());
    expect(world.execs.exec1).toMatchObject({ status: 'ending', codes: [7], out: 'one\ntwo\n' });
    expect(outcome(world, exec(gate)).expect).toMatchObject({ codes: [7], out: { exactly: 'one\ntwo\n' } });
  });

  it('of another name do not end the main command, and what has ended is not woken', () => {
    const world = reached(run(gate));
    expect(onward(world, open('g2')).boxes.box1).toMatchObject({ status: 'running', code: null });
    const killed = onward(reached(run(hold)), waiting(), { op: 'signal', exec: 'exec1', signal: 15 });
    expect(onward(killed, open()).execs).toEqual(killed.execs);
  });
});
