import { describe, expect, it } from 'vitest';
import { deadlines } from '../../domain/deadlines.ts';
import { profileFor } from '../../model/profile.ts';
import type { World } from '../../model/world.ts';
import type { Step, StepOf } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing, worldsAfter } from './fixtures/play.ts';
import {
  attach,
  attachMain,
  control,
  create,
  detach,
  exec,
  gate,
  hold,
  kill,
  print,
  read,
  rm,
  run,
  send,
  settle,
  spawn,
  stop,
  wait,
} from './fixtures/steps.ts';

const live: Step[] = [run(hold), spawn(hold), attach()];
const feeding: Step[] = [run(hold), spawn({ do: 'cat' }), attach()];
const watching: Step[] = [run(hold), spawn({ do: 'cat' }), attach('att1', 'exec1', true)];
const ended: Step[] = [run(hold), spawn(print('o', 'e', 7)), attach()];

const errorsOf = (world: World) => world.attaches.att1?.errors;
type Frame = StepOf<'control'>['frame'];

describe('frames to a running command (contract 5.3)', () => {
  it.each<[Frame, object[]]>([
    ['resize', [{ text: 'resize failed', optional: true }]],
    ['bad-json', [{ text: 'invalid control frame' }]],
    ['no-type', [{ text: "control frame missing 'type' field" }]],
    ['unknown', [{ text: 'unknown control type' }]],
    ['bad-signal', [{ text: 'signal 9 not allowed' }]],
    ['eof', []],
    ['signal', []],
  ])('%s', (frame, errors) => {
    const world = reached(...live);
    expect(labels(world, control(frame))).toEqual([`frame:${frame}`]);
    const after = onward(world, control(frame));
    expect(errorsOf(after)).toEqual(errors);
    expect(after.attaches.att1?.state).toBe('open');
    if (frame !== 'eof' && frame !== 'signal') expect(after.execs).toEqual(world.execs);
    else expect(after.execs.exec1).toMatchObject({ stdinOpen: false });
    expect(after.execs.exec1?.status).toBe(frame === 'signal' ? 'ending' : 'running');
  });

  it('a signal frame is TERM', () => {
    expect(reached(...live, control('signal')).execs.exec1?.codes).toEqual([-15]);
  });

  it('end-of-file ends what reads its input, once', () => {
    const world = reached(...feeding, send('a'), control('eof'));
    expect(world.execs.exec1).toMatchObject({ status: 'ending', codes: [0], out: 'a', stdinOpen: false });
    const twice = reached(...live, control('eof'), control('eof'));
    expect(errorsOf(twice)).toEqual([{ text: 'stdin write failed', optional: true }]);
  });

  it('input shows where it is read, and nowhere else', () => {
    expect(labels(reached(...feeding), send('a'))).toEqual(['sent']);
    expect(reached(...feeding, send('a'), send('\0b')).execs.exec1?.out).toBe('a\0b');
    expect(reached(...live, send('a'))).toEqual(reached(...live));
  });
});

describe('a read-only attach (contract 5.3)', () => {
  const rejected = (kind: string) => ({
    text: `read-only attach rejected a write: ${kind}`,
    code: 'read_only_attach',
  });

  it.each<[Frame, string]>([
    ['eof', 'stdin_eof'],
    ['resize', 'resize'],
    ['signal', 'signal'],
  ])('tells off %s once, and nothing of it reaches the command', (frame, kind) => {
    const world = reached(...watching, control(frame));
    expect(errorsOf(world)).toEqual([rejected(kind)]);
    expect(world.execs).toEqual(reached(...watching).execs);
    expect(onward(world, control(frame))).toEqual(world);
    expect(errorsOf(onward(world, control('resize'), control('signal'), control('eof')))).toHaveLength(3);
  });

  it('is closed with 1008 for input, without an exit frame', () => {
    const world = reached(...watching, send('a'));
    expect(labels(reached(...watching), send('a'))).toEqual(['rejected']);
    expect(outcome(world, read()).expect).toEqual({
      is: 'stream',
      out: { prefixOf: '' },
      err: { prefixOf: '' },
      errors: [rejected('stdin')],
      end: { exitFrame: 'never', codes: [], closeCode: 1008 },
    });
    expect(world.execs.exec1).toMatchObject({ status: 'running', out: '', attachedBy: null, draining: true });
    expect(predicted(world, attach('att2')).pollMs).toBe(deadlines.slotMs);
  });

  it.each<Frame>(['bad-json', 'no-type', 'unknown', 'bad-signal'])('says nothing of %s', (frame) => {
    expect(saysNothing(reached(...watching), control(frame))).toBe(true);
  });

  it('is unknown to older servers', () => {
    const { profile } = profileFor('0.10.0');
    const world = reached(run(hold), spawn(hold));
    const readonly: Step[] = [attach('att1', 'exec1', true), { ...attachMain(), readonly: true }];
    for (const step of readonly) expect(() => predicted(world, step, profile)).toThrow('says nothing');
    for (const step of [attach(), attachMain()]) expect(predicted(world, step, profile)).toBeDefined();
    for (const step of readonly) expect(labels(world, step)).toEqual(['attached']);
  });
});

describe('the stdin parameter (contract 5.2)', () => {
  const { profile: old } = profileFor('0.10.0');

  it.each<[string, string[]]>([
    ['x', ['refused:attach-stdin']],
    ['', ['refused:attach-stdin']],
    ['TRUE', ['refused:attach-stdin']],
    ['1', ['attached']],
    ['true', ['attached']],
    ['false', ['attached']],
  ])('%j', (stdin, answers) => {
    const world = reached(run(hold), spawn(hold));
    for (const step of [attach(), attachMain()]) {
      const asking = { ...step, stdin } as Step;
      expect(labels(world, asking)).toEqual(answers);
      expect(() => predicted(world, asking, old)).toThrow('says nothing');
      const wrong = answers[0] !== 'attached';
      expect(onward(world, asking).attaches.att1).toMatchObject({
        readonly: stdin === 'false',
        state: wrong ? 'closed' : 'open',
      });
    }
  });

  it('is looked at before the box, the execution and the slot', () => {
    const taken = reached(run(hold), spawn(hold), attach(), attachMain('att2'));
    for (const step of [
      attach('att3', '?x'),
      attach('att3'),
      attachMain('att3'),
      { ...attachMain('att3'), on: '?x' },
    ])
      expect(labels(taken, { ...step, stdin: 'x' } as Step)).toEqual(['refused:attach-stdin']);
  });
});

describe('frames and reads have no prediction', () => {
  it.each<[string, Step[]]>([
    ['about an attach that never was', [run(hold)]],
    ['after a close', [...live, detach()]],
    ['about an attach that was refused', [run(hold), attach('att1', '?x')]],
  ])('%s', (_, steps) => {
    for (const step of [send('a'), control('eof'), read(), detach()])
      expect(saysNothing(reached(...steps), step), step.op).toBe(true);
  });

  it('about frames to what has ended, is about to, or is a main session', () => {
    for (const steps of [ended, [...ended, read()], [...live, kill()], [run(hold), attachMain()]])
      for (const step of [send('a'), control('eof')]) expect(saysNothing(reached(...steps), step)).toBe(true);
  });
});

describe('detach (contract 5.4)', () => {
  it('frees the slot of its own attach only, and the command never notices', () => {
    const world = reached(...live, detach());
    expect(labels(reached(...live), detach())).toEqual(['detached']);
    expect(world.attaches.att1?.state).toBe('closed');
    expect(world.execs.exec1).toEqual({ ...reached(run(hold), spawn(hold)).execs.exec1 });
    expect(reached(...live, detach('drop')).execs.exec1).toMatchObject({ attachedBy: null, draining: true });
    const main = reached(run(hold), attachMain());
    expect(labels(main, detach())).toEqual(['detached']);
    expect(onward(main, detach('drop')).boxes.box1).toMatchObject({ attachedBy: null, draining: true });
    expect(onward(main, detach()).boxes).toEqual(reached(run(hold)).boxes);
  });

  it('of one that has had its end leaves its successor alone', () => {
    const world = reached(...ended, read(), attach('att2'));
    expect(labels(world, detach())).toEqual(['detached']);
    expect(onward(world, detach()).execs).toEqual(world.execs);
    const main = reached(run(print('', '', 7)), attachMain(), read(), attachMain('att2'));
    expect(onward(main, detach()).boxes).toEqual(main.boxes);
    expect(onward(main, detach()).attaches.att1?.state).toBe('closed');
  });
});

describe('read (contract 5.3, 5.4)', () => {
  it('waits for what is due: output of a live command, the end of one that ends', () => {
    const now = predicted(reached(...live), read());
    expect(now).toMatchObject({ pollMs: deadlines.arriveMs, deadlineMs: deadlines.commandMs });
    expect(now.outcomes).toEqual([
      {
        label: 'live',
        expect: { is: 'stream', out: { exactly: 'up\n' }, err: { exactly: '' }, errors: [], end: 'open' },
        next: reached(...live),
      },
    ]);
    const later = predicted(reached(...ended), read());
    expect(later.pollMs).toBe(deadlines.endMs);
    expect(later.outcomes[0]).toMatchObject({
      label: 'end:must',
      expect: { out: { exactly: 'o' }, err: { exactly: 'e' }, end: { exitFrame: 'must', codes: [7] } },
    });
  });

  it('to the end frees the slot and knows the execution to be over', () => {
    const world = reached(...ended, read());
    expect(world.execs.exec1).toMatchObject({ status: 'completed', attachedBy: null });
    expect(world.attaches.att1).toMatchObject({ state: 'ended', final: { out: 'o', err: 'e', codes: [7] } });
    expect(onward(world, read())).toEqual(world);
    expect(reached(...ended, wait(), read()).execs.exec1?.status).toBe('completed');
  });

  it('of an older attach does not free the slot of a newer one', () => {
    const world = reached(...ended, read(), attach('att2'));
    expect(onward(world, read()).execs.exec1?.attachedBy).toBe('att2');
    const main = reached(run(print('', '', 7)), attachMain(), read(), attachMain('att2'));
    expect(onward(main, read()).boxes.box1?.attachedBy).toBe('att2');
  });

  it('of a main session ends with the code of the box, any where it is not known', () => {
    const endIn = (world: World) => {
      const { expect: told } = outcome(world, read());
      return told.is === 'stream' && told.end;
    };
    const end = (...steps: Step[]) => endIn(reached(...steps));
    expect(worldsAfter(reached(run(), attachMain()), stop()).map(endIn)).toMatchObject([
      { codes: [0] },
      { codes: [137] },
    ]);
    expect(end(run(print('', '', 7)), attachMain())).toEqual({ exitFrame: 'must', codes: [7] });
    for (const [step, codes] of [[stop(), [137]] as const, [rm(true), []] as const])
      expect(end(run(hold), attachMain(), step)).toEqual({ exitFrame: 'may', codes });
    for (const made of [run(hold), create(hold)]) expect(end(made, attachMain())).toBe('open');
    const opened = exec({ do: 'open', gate: 'g1' });
    expect(end(run(gate), attachMain(), opened, settle())).toEqual({ exitFrame: 'must', codes: [7] });
  });
});
