import { describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../domain/infrastructure-error.ts';
import {
  create,
  hold,
  inspect,
  print,
  run,
  settle,
  signal,
  spawn,
  start,
  stop,
} from '../model/fixtures/steps.ts';
import { lost, lostAt, type Script } from './fixtures/fake-target.ts';
import { failureOf, ran } from './fixtures/runs.ts';
import { answer, refusal } from './fixtures/small-server.ts';

describe('a machine that breaks', () => {
  const drop = (request: { method: string; path: string }) => ({
    ...answer(request, 0),
    err: 'connection refused',
  });

  it('is infrastructure when a call says so', async () => {
    const { history, target } = await ran(
      {
        onRest: (request, _server, normal) => {
          if (request.path.endsWith('/stop')) throw new InfrastructureError('the lab is gone');
          return normal();
        },
      },
      [run(hold), stop()],
    );
    expect(history.ending).toEqual({ is: 'infrastructure', why: 'the lab is gone' });
    expect(target.notes).toContain('sweep');
  });

  it('is asked before a lost connection is blamed on the runtime, while all is as it was then', async () => {
    const script: Script = {
      onRest: (request, _server, normal) => (request.path.endsWith('/stop') ? drop(request) : normal()),
    };
    const dead = await ran({ ...script, heartbeat: lostAt(2) }, [run(hold), stop()]);
    expect(dead.history.ending).toEqual({ is: 'infrastructure', why: 'the machine does not answer' });
    const alive = await ran(script, [run(hold), stop()]);
    expect(alive.target.notes).toEqual(['heartbeat', 'session p1', 'heartbeat', 'dispose', 'sweep']);
    expect(failureOf(alive.history)).toMatchObject({ oracle: 'broken-answer', seen: { how: 'transport' } });
  });

  it('is asked after every failure: an answer that is typed, and what is left behind', async () => {
    const why = { is: 'infrastructure', why: 'the machine does not answer' };
    const full: Script['onRest'] = (request, _server, normal) =>
      request.path.endsWith('/stop') ? refusal(request, 500, 'no space left on device') : normal();
    const told = await ran({ onRest: full, heartbeat: lostAt(2) }, [run(hold), stop()]);
    expect(told.history.ending).toEqual(why);
    const left = await ran({ leftover: ['x'], heartbeat: lostAt(2) }, [create()]);
    expect(left.history.ending).toEqual(why);
  });

  it('is asked before a program runs, which is not run then', async () => {
    const { history, target } = await ran({ heartbeat: lost }, [create()]);
    expect(history.ending).toEqual({ is: 'infrastructure', why: 'the machine does not answer' });
    expect(target.asked).toEqual([]);
  });

  it('is known by texts of its own', async () => {
    const { history } = await ran(
      {
        onRest: (request, _server, normal) =>
          request.path.endsWith('/start') ? refusal(request, 500, 'boot timed out') : normal(),
        isInfrastructure: (text) => text.includes('boot timed out'),
      },
      [create(hold), start()],
    );
    // What it is where the machine proves to be sound after all.
    const failure = expect.objectContaining({ at: 1, oracle: 'broken-answer' });
    expect(history.ending).toEqual({ is: 'infrastructure', why: expect.stringContaining('boot'), failure });
  });

  it('is not blamed for what is said of an execution whose box was stopped: no connection to it can be lost', async () => {
    const lostConnection: Script['onRest'] = (request, _server, normal) =>
      request.path.endsWith('/signal') ? refusal(request, 503, 'transport error') : normal();
    const isInfrastructure = (text: string): boolean => text.includes('transport error');
    const script = { onRest: lostConnection, isInfrastructure };
    const steps = [run(hold), spawn(hold), signal(15)];
    expect((await ran(script, steps)).history.ending).toMatchObject({ is: 'infrastructure' });
    const stopped = (await ran(script, [run(hold), spawn(hold), stop(), signal(15)])).history.ending;
    expect(stopped).toMatchObject({ is: 'failed', failure: { at: 3, oracle: 'broken-answer' } });
  });

  it('is blamed for what a program shows after it has spoken, though it was back at a later look', async () => {
    const asking = async (...answers: ('away' | 'gone' | 'ended')[]) => {
      const onRest: Script['onRest'] = (request, server, normal) => {
        if (request.method !== 'GET' || request.path.includes('?')) return normal();
        const is = answers.length > 1 ? answers.shift() : answers[0];
        if (is === 'away') return drop(request);
        if (is === 'gone') return refusal(request, 500, 'nothing is known of that');
        for (const box of server.boxes.values()) Object.assign(box, { status: 'stopped', exit_code: 7 });
        return normal();
      };
      const isInfrastructure = (text: string): boolean => text.includes('connection refused');
      const steps = [run(print('', '', 7)), settle(), inspect()];
      return (await ran({ onRest, isInfrastructure }, steps)).history.ending;
    };
    const spoilt = { is: 'infrastructure', why: expect.stringContaining('connection refused') };
    expect(await asking('away', 'gone')).toMatchObject(spoilt);
    expect(await asking('away', 'ended', 'gone')).toMatchObject(spoilt);
    expect(await asking('away', 'ended')).toEqual({ is: 'passed' });
    expect(await asking('ended', 'gone')).toMatchObject({ is: 'failed' });
  });

  it('ends a program at once when it is found lost beside it, whatever the calls say that end with it', async () => {
    const machine = new AbortController();
    const onRest: Script['onRest'] = (request, _server, normal) => {
      if (!request.path.endsWith('/stop')) return normal();
      machine.abort(new InfrastructureError('no sign of life'));
      return drop(request);
    };
    const { history, target } = await ran({ onRest, lost: machine.signal }, [run(hold), stop(), inspect()]);
    expect(history.ending).toEqual({ is: 'infrastructure', why: 'no sign of life' });
    expect(target.asked.filter(({ path }) => path.endsWith('/stop'))).toHaveLength(1);
  });

  it('does not take an end that the caller has asked for as its own', async () => {
    const [machine, caller] = [new AbortController(), new AbortController()];
    const onRest: Script['onRest'] = (request, _server, normal) => {
      if (!request.path.endsWith('/stop')) return normal();
      caller.abort();
      machine.abort(new InfrastructureError('no sign of life'));
      return drop(request);
    };
    const { history } = await ran({ onRest, lost: machine.signal }, [run(hold), stop()], [], caller.signal);
    expect(history.ending).toEqual({ is: 'interrupted' });
  });

  it('keeps the finding when only the sweep after it breaks', async () => {
    const { history } = await ran({ leftover: ['x'], sweep: lost }, [create()]);
    expect(history.ending.is).toBe('failed');
  });

  it('is a defect of boxcheck when a call throws anything else', async () => {
    const onRest = () => {
      throw new TypeError('a bug');
    };
    await expect(ran({ onRest }, [create()])).rejects.toThrow('a bug');
  });
});

describe('a hang', () => {
  it('is an answer that did not come, and asks for a sign of life', async () => {
    const { history, target } = await ran(
      {
        onRest: (request, _server, normal) =>
          request.path.endsWith('/stop') ? { ...answer(request, 0), timedOut: true } : normal(),
      },
      [run(hold), stop()],
    );
    expect(failureOf(history)).toMatchObject({ oracle: 'broken-answer', at: 1, seen: { how: 'hang' } });
    expect(target.notes).toContain('heartbeat');
  });

  it('ends with the caller’s signal, as interrupted and swept', async () => {
    const stopper = new AbortController();
    const { history, target } = await ran(
      {
        onRest: (request, _server, normal) => {
          if (request.path.endsWith('/stop')) stopper.abort();
          return normal();
        },
      },
      [run(hold), stop(), inspect()],
      [],
      stopper.signal,
    );
    expect(history.ending).toEqual({ is: 'interrupted' });
    expect(history.events).toHaveLength(1);
    expect(target.notes).toContain('sweep');
  });

  it('ends as interrupted where the removal at its end is cut off by the caller, and blames nobody', async () => {
    const stopper = new AbortController();
    const { history } = await ran(
      {
        onRest: (request, _server, normal) => {
          if (request.method !== 'DELETE') return normal();
          stopper.abort();
          return { ...answer(request, 0), timedOut: true };
        },
      },
      [run(hold)],
      [],
      stopper.signal,
    );
    expect(history.ending).toEqual({ is: 'interrupted' });
  });
});
