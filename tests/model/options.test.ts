import { describe, expect, it } from 'vitest';
import type { BoxOptions } from '../../domain/options.ts';
import type { Variable } from '../../domain/variables.ts';
import type { Work } from '../../domain/work.ts';
import { profileFor } from '../../model/profile.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing, statusOf } from './fixtures/play.ts';
import {
  attachMain,
  copyIn,
  create,
  exec,
  foreground,
  hold,
  missing,
  print,
  run,
  start,
  stop,
} from './fixtures/steps.ts';

const [environ, pwd, id, machine, caps]: Work[] = [
  { do: 'environ' },
  { do: 'pwd' },
  { do: 'id' },
  { do: 'machine' },
  { do: 'caps' },
] as const;
const [a, last]: Variable[] = [
  { key: 'BC_A', value: 'a' },
  { key: 'BC_A', value: 'last' },
] as const;

const asked = <S extends Step>(step: S, options: BoxOptions): S => ({ ...step, ...options });
const out = (steps: Step[], step: Step) => {
  const { expect: seen } = outcome(reached(...steps), step);
  return seen.is === 'ended' ? seen.out : seen;
};

describe('how a process starts', () => {
  it('its variables win over those of its box, and the last of a name counts', () => {
    const box = asked(create(), { env: [a, { key: 'BC_B', value: 'ü' }] });
    expect(out([box], exec(environ))).toEqual({ variables: { BC_A: 'a', BC_B: 'Ã¼' } });
    expect(out([box], asked(exec(environ), { env: [last] }))).toEqual({
      variables: { BC_A: 'last', BC_B: 'Ã¼' },
    });
    expect(out([box, asked(exec(environ), { env: [last] })], exec(environ))).toMatchObject({
      variables: { BC_A: 'a' },
    });
    expect(out([], asked(foreground(environ), { env: [a, last] }))).toEqual({ variables: { BC_A: 'last' } });
  });

  it('its directory and user are its own, else those of its box', () => {
    const box = asked(create(), { workdir: '/tmp', user: 'nobody' });
    expect(out([box], exec(pwd))).toEqual({ exactly: '/tmp\n' });
    expect(out([box], asked(exec(pwd), { workdir: '/etc' }))).toEqual({ exactly: '/etc\n' });
    expect(out([box], exec(id))).toEqual({ exactly: '65534\n65534\n' });
    expect(out([box], asked(exec(id), { user: '1234' }))).toEqual({ exactly: '1234\n0\n' });
    expect(out([create()], exec(pwd))).toEqual({ exactly: '/\n' });
  });

  it('the first start of a box for a user or in a directory that is not there fails', () => {
    for (const [options, reason] of [
      [{ user: 'nosuchuser' }, 'main-user'],
      [{ badWorkdir: true }, 'main-workdir'],
    ] as const) {
      expect(labels(reached(), asked(run(hold), options))).toEqual([`refused:${reason}`]);
      expect(statusOf(reached(asked(run(), options)))).toBe('failed');
      const made = reached(asked(create(), options));
      expect(statusOf(made)).toBe('configured');
      expect(labels(made, start())).toEqual([`refused:${reason}`]);
      expect(labels(reached(), asked(foreground(print('')), options))).toEqual([`refused:${reason}`]);
    }
  });

  it('an exec in a sandbox that cannot be started is not predicted, whoever has booted it', () => {
    const made = reached(asked(create(), { badWorkdir: true }));
    expect(saysNothing(made, exec(print('')))).toBe(true);
    expect(saysNothing(onward(made, attachMain()), exec(print('')))).toBe(true);
  });

  it('an exec for a user that is not there runs nothing, in a box that it has booted', () => {
    const step = asked(exec(print('out')), { user: 'root:nosuchgroup' });
    expect(labels(reached(create()), step)).toEqual(['refused:exec-user']);
    expect(statusOf(onward(reached(create()), step))).toBe('running');
  });

  it('before 0.11.0 a server may refuse the user of an exec, but take no other', () => {
    const old = profileFor('0.10.8').profile;
    const step = asked(exec(id), { user: 'nobody' });
    const { outcomes } = predicted(reached(run(hold)), step, old);
    expect(outcomes.map(({ label }) => label)).toEqual(['ran', 'refused:exec-user-unsupported']);
    const local = asked(exec(id, 'cli'), { user: 'nobody' });
    expect(predicted(reached(run(hold, 'cli')), local, old).outcomes).toHaveLength(1);
  });

  it('nothing is said of what one who is not root does to files, or of two mistakes at once', () => {
    const box = asked(create(), { user: 'nobody' });
    for (const work of [{ do: 'runs' }, { do: 'read', path: '/root/f1' }] as const) {
      expect(saysNothing(reached(box), exec(work))).toBe(true);
      expect(saysNothing(reached(create()), asked(exec(work), { user: '1234' }))).toBe(true);
    }
    expect(saysNothing(reached(), asked(run(missing), { user: 'nosuchuser' }))).toBe(true);
    expect(saysNothing(reached(), asked(run(hold), { user: 'nosuchuser', badWorkdir: true }))).toBe(true);
  });

  it('words of the command are told apart only where the surface can', () => {
    for (const entrypoint of ['one', 'all', 'empty'] as const) {
      expect(saysNothing(reached(), asked(run(hold), { entrypoint }))).toBe(false);
      expect(saysNothing(reached(), asked(run(hold, 'url'), { entrypoint }))).toBe(entrypoint !== 'one');
      expect(saysNothing(reached(), asked(create(), { entrypoint }))).toBe(entrypoint !== 'empty');
    }
    expect(reached(asked(create(), { emptyCmd: true })).boxes.box1?.kind).toBe('sandbox');
    expect(saysNothing(reached(), asked(run(hold), { emptyCmd: true }))).toBe(true);
  });
});

describe('what an SDK is asked for', () => {
  it('is variables and, of a process, a working directory', () => {
    const said = ([{ env: [a] }, { workdir: '/tmp' }, { user: 'nobody' }] as BoxOptions[]).map((options) => [
      saysNothing(reached(), asked(create(undefined, 'sdk'), options)),
      saysNothing(reached(create()), asked(exec(print(''), 'sdk'), options)),
    ]);
    expect(said).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
  });
});

describe('what a box has', () => {
  it('is what was asked for, in the guest and in every view', () => {
    const box = asked(create(), { cpus: 2, memoryMib: 512, diskGb: 20, autoStopS: 3_600, autoResume: true });
    expect(out([box], exec(machine))).toEqual({
      between: [
        [2, 2],
        [393_216, 524_288],
        [18_874_368, 20_971_520],
      ],
    });
    for (const via of ['url', 'rest'] as const)
      expect(outcome(reached(box), { op: 'inspect', via, on: 'box1' }).expect).toMatchObject({
        box: { shows: { cpus: 2, memoryMib: 512, autoStopS: 3_600, autoResume: true } },
      });
    expect(outcome(reached(create()), { op: 'inspect', via: 'rest', on: 'box1' }).expect).toEqual({
      is: 'box',
      box: { handle: 'box1', name: null, states: [{ status: 'configured', code: null }] },
    });
  });

  it('is a network or none, as it was asked for and as every view shows', () => {
    const link: Work = { do: 'link' };
    const box = asked(create(), { outbound: 'disabled', inbound: 'enabled' });
    expect(out([box], exec(link))).toEqual({ exactly: '' });
    expect(out([], asked(foreground(link), { outbound: 'enabled' }))).toEqual({ exactly: 'eth0\n' });
    expect(out([create()], exec(link))).toEqual({ anything: true });
    expect(outcome(reached(box), { op: 'inspect', via: 'url', on: 'box1' }).expect).toMatchObject({
      box: { shows: { outbound: 'disabled', inbound: 'enabled' } },
    });
  });

  it('names of capabilities count more than all of them', () => {
    expect(out([], asked(foreground(caps), { capDrop: ['ALL'], capAdd: ['CHOWN'] }))).toEqual({
      bits: { set: [0], clear: [12, 13, 21, 25, 27] },
    });
    expect(out([], asked(foreground(caps), { capAdd: ['ALL'], capDrop: ['NET_RAW'] }))).toEqual({
      bits: { set: [0, 12, 21, 25, 27], clear: [13] },
    });
  });

  it.each<[Step, string]>([
    [asked(create(), { cpus: 17 }), 'cpus-range'],
    [asked(create(undefined, 'cli'), { cpus: 256 }), 'cpus-no-number'],
    [asked(run(hold, 'url'), { capAdd: ['NET ADMIN'] }), 'capability-malformed'],
    [asked(run(hold, 'cli'), { autoStopS: 3_600 }), 'deadline-without-server'],
    [asked(create(), { autoStopS: 7_200, autoDeleteS: 7_200 }), 'deadline-order'],
  ])('%j is refused, and there is no box', (step, reason) => {
    expect(labels(reached(), step)).toEqual([`refused:${reason}`]);
    expect(statusOf(reached(step))).toBe('removed');
  });

  it('what older releases do not judge is not predicted', () => {
    const old = profileFor('0.10.8').profile;
    const oldest = profileFor('0.10.0').profile;
    expect(() => predicted(reached(), asked(create(), { cpus: 17 }), old)).toThrow('says nothing');
    expect(() => predicted(reached(), asked(create(), { autoStopS: 3_600 }), oldest)).toThrow('says nothing');
  });

  it('a stopped sandbox that is not to be resumed is booted by nothing but a start', () => {
    const made = asked(create(), { autoResume: false });
    expect(labels(reached(made), exec(print('')))).toEqual(['ran']);
    const down = reached(made, start(), stop());
    expect(labels(down, exec(print('')))).toEqual(['refused:resume-off']);
    expect(labels(down, copyIn('/root/f1'))).toEqual(['refused:resume-off']);
    expect(statusOf(onward(down, start()))).toBe('running');
  });
});

describe('command lines that are wrong in themselves', () => {
  it('are usage errors, and do nothing', () => {
    const step = { op: 'misuse', via: 'cli', how: 'unknown-flag', verb: 'run' } as const;
    expect(outcome(reached(), step)).toEqual({
      label: 'refused:usage',
      expect: { is: 'refused', reason: 'usage' },
      next: reached(),
    });
  });

  it('are not judged where an older release took them', () => {
    const oldest = profileFor('0.10.0').profile;
    const step = { op: 'misuse', via: 'cli', how: 'nothing-named', verb: 'inspect' } as const;
    expect(() => predicted(reached(), step, oldest)).toThrow('says nothing');
  });
});
