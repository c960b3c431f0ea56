import { describe, expect, it } from 'vitest';
import { differences } from '../../model/match.ts';
import { meansUnclear } from '../../model/unclear.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import {
  attach,
  attachMain,
  create,
  detach,
  hold,
  kill,
  named,
  print,
  read,
  restart,
  run,
  send,
  signal,
  spawn,
  start,
  stop,
  wait,
} from './fixtures/steps.ts';

const over: Step[] = [run(hold), spawn(print('o', 'e', 7)), wait()];

describe('what a step makes', () => {
  it('is told, and begins with nothing', () => {
    const { expect: told, next } = outcome(reached(), named(create(hold), 'a'));
    expect(told).toEqual({ is: 'made' });
    const box = {
      handle: 'box1',
      home: 'server',
      name: 'a',
      kind: 'job',
      main: hold,
      detached: true,
      status: 'configured',
      code: null,
      runs: 0,
      disk: {},
      directories: [],
      modes: {},
      tty: false,
      mounts: [],
      options: {},
      asked: [],
      out: '',
      err: '',
      attachedBy: null,
      draining: false,
      adopted: false,
      runsOnDisk: 0,
      hasDisk: 'no',
      serving: [],
      copy: null,
      snapshots: [],
      head: null,
      policy: null,
      source: null,
    };
    expect(next.boxes).toEqual({ box1: box });
    const started = outcome(reached(), named(run(hold), 'a'));
    expect(started.expect).toEqual({ is: 'made' });
    const first = { status: 'running', runs: 1, runsOnDisk: 1, hasDisk: 'yes' };
    expect(started.next.boxes).toEqual({ box1: { ...box, ...first, out: 'up\n' } });
  });

  it('an execution knows how its box was spelled', () => {
    const world = reached(named(run(hold), 'a'));
    expect(outcome(world, spawn(hold)).expect).toEqual({ is: 'made' });
    expect(onward(world, spawn(hold)).execs.exec1).toMatchObject({ by: 'id', status: 'running', codes: [] });
    expect(onward(world, { ...spawn(hold), by: 'name' }).execs.exec1?.by).toBe('name');
  });

  it('a client is attached, one that was refused is of nothing', () => {
    const world = reached(run(hold), spawn(hold));
    for (const step of [attach(), attachMain()])
      expect(outcome(world, step).expect).toEqual({ is: 'attached' });
    expect(outcome(reached(create(hold)), attachMain()).expect).toEqual({ is: 'attached' });
    expect(labels(reached(create(hold)), attachMain())).toEqual(['primed']);
    for (const step of [attach('att1', '?x'), attachMain('att1', '?x')]) {
      const reason = step.op === 'attach' ? 'unknown-execution' : 'unknown-box';
      expect(labels(world, step)).toEqual([`refused:${reason}`]);
      expect(onward(world, step).attaches.att1).toMatchObject({ to: { exec: '?' }, state: 'closed' });
    }
  });

  it('an id without a success makes nothing', () => {
    const context = { via: 'rest', idOf: () => undefined, realName: (name: string) => name } as const;
    expect(differences({ is: 'made' }, { is: 'execution', id: 'x', status: 'running' }, context)).toEqual([
      'execution instead of a new id',
    ]);
  });
});

describe('a slot (contract 5.4, 7.9)', () => {
  it('that was waited for is taken at once', () => {
    const dropped = reached(run(hold), spawn(hold), attach(), detach('drop'), attach('att2'));
    expect(dropped.execs.exec1).toMatchObject({ attachedBy: 'att2', draining: false });
    const main = reached(run(hold), attachMain(), detach('drop'), attachMain('att2'));
    expect(main.boxes.box1).toMatchObject({ attachedBy: 'att2', draining: false });
  });

  it('of a retained execution is kept while its stopped box is started again', () => {
    const world = reached(...over, stop(), attach());
    for (const step of [start(), restart()])
      expect(onward(world, step).execs.exec1).toMatchObject({ status: 'completed', attachedBy: 'att1' });
  });

  it('of a read-only client that wrote is lost with its connection', () => {
    const world = reached(run(hold), spawn({ do: 'cat' }), attach('att1', 'exec1', true), send('a'));
    expect(saysNothing(world, send('b'))).toBe(true);
    expect(labels(world, read())).toEqual(['end:never']);
  });
});

describe('what was forgotten stays so (contract 5.1)', () => {
  it('through a stop and an end of the box', () => {
    const world = reached(run(hold), spawn(hold), kill());
    for (const step of [stop(), restart()]) expect(onward(world, step).execs).toEqual(world.execs);
  });

  it('and its client was told: -9, or the code it may have ended with', () => {
    const told = (steps: Step[]) => outcome(reached(...steps, attach(), kill()), read()).expect;
    expect(told([run(hold), spawn(hold)])).toMatchObject({ end: { exitFrame: 'must', codes: [-9] } });
    expect(told([run(hold), spawn(print('o', '', 7))])).toMatchObject({ end: { codes: [7, -9] } });
    const closed = reached(run(hold), spawn(hold), attach(), kill());
    expect(closed.attaches.att1?.state).toBe('ended');
    expect(saysNothing(closed, send('x'))).toBe(true);
  });

  it('TERM is handled by who has a handler, whatever it does else', () => {
    const world = reached(run(hold), spawn({ do: 'gate', gate: 'g1', out: '', after: '', code: 3 }));
    expect(onward(world, signal(15)).execs.exec1?.codes).toEqual([-15]);
  });
});

describe('boxes that leave', () => {
  const leaving = (...handles: string[]): World => {
    const world = reached(run(hold), run(hold, 'rest', 'box2'), spawn(hold), attach('att1', '?x'));
    const boxes = handles.map((handle) => [handle, { ...world.boxes[handle], status: 'leaving' }]);
    return { ...world, boxes: { ...world.boxes, ...Object.fromEntries(boxes) } };
  };

  it('each matter alone', () => {
    const both = leaving('box1', 'box2');
    expect(meansUnclear(both, stop('rest', 'box2'))).toBe(true);
    expect(meansUnclear(both, wait())).toBe(true);
    expect(meansUnclear(leaving('box2'), wait())).toBe(false);
    expect(meansUnclear(both, read())).toBe(false);
  });
});

it('a slot that a runtime holds for nobody is not given back by the end of the box, as that of a client is', () => {
  const world = reached(...over, attach());
  const held = (attachedBy: string): World => {
    const exec = world.execs.exec1;
    return exec ? { ...world, execs: { exec1: { ...exec, status: 'completed', attachedBy } } } : world;
  };
  const after = (attachedBy: string) => onward(held(attachedBy), restart('url')).execs.exec1?.attachedBy;
  expect([after('?'), after('att1')]).toEqual(['?', null]);
});
