import { describe, expect, it } from 'vitest';
import { create, exec, hold, print, run } from '../model/fixtures/steps.ts';
import type { Script } from './fixtures/fake-target.ts';
import { failureOf, markOf, ran } from './fixtures/runs.ts';
import { answer, refusal } from './fixtures/small-server.ts';

describe('oracles (contract 8)', () => {
  it('sees a refusal that changed something', async () => {
    const { history } = await ran(
      {
        onRest: (request, server, normal) => {
          if (!request.path.endsWith('/exec')) return normal();
          for (const box of server.boxes.values()) box.status = 'running';
          return refusal(request, 409, 'Cannot exec box B');
        },
      },
      [create(hold), exec(print(''))],
    );
    expect(failureOf(history)).toMatchObject({
      kind: 'oracle',
      oracle: 'refusal-changed-state',
      at: 1,
      step: { op: 'exec' },
      detail: 'box1 is running instead of configured',
    });
  });

  it('sees a record that a refused creation left', async () => {
    const { history } = await ran(
      {
        onRest: (request, server, normal) => {
          if (request.method !== 'POST' || server.boxes.size === 0) return normal();
          server.boxes.set('left00000000', { box_id: 'left00000000', name: null, status: 'configured' });
          return refusal(request, 400, 'already exists');
        },
      },
      [
        { ...create(), name: 'a' },
        { ...create(undefined, 'rest', 'box2'), name: 'a' },
      ],
    );
    expect(failureOf(history)).toMatchObject({ oracle: 'refusal-changed-state', at: 1 });
  });

  it('sees views that disagree at the end', async () => {
    const { history } = await ran(
      {
        onRest: (request, server, normal) => {
          const isList = request.path === '/v1/boxes' && request.method === 'GET';
          return isList && server.boxes.size === 1 ? answer(request, 200, { boxes: [] }) : normal();
        },
      },
      [create()],
    );
    expect(failureOf(history)).toMatchObject({
      oracle: 'views-disagree',
      at: 1,
      detail: 'box1 is not listed',
    });
  });

  it('sees a removal that is refused', async () => {
    const { history } = await ran(
      {
        onRest: (request, _server, normal) =>
          request.path.includes('force') ? refusal(request, 409, 'busy') : normal(),
      },
      [run(hold)],
    );
    expect(failureOf(history)).toMatchObject({ kind: 'oracle', oracle: 'cleanup', at: 1 });
  });

  it('sees a record that is left after all removals', async () => {
    const { history, target } = await ran(
      {
        onRest: (request, _server, normal) => (request.method === 'DELETE' ? answer(request, 204) : normal()),
      },
      [create()],
    );
    expect(failureOf(history)).toMatchObject({ oracle: 'leak', at: 1 });
    expect(target.notes).toContain('sweep');
  });

  it('sees what is left on the machine', async () => {
    const { history } = await ran({ leftover: ['process 7 vm'] }, [create()]);
    expect(failureOf(history)).toMatchObject({ oracle: 'leak', detail: 'left behind: process 7 vm' });
  });

  it('knows what a refused step leaves whose box was made', async () => {
    const mark = markOf({ op: 'run', seen: { is: 'left', line: 'volume' }, after: { as: 'usual' } });
    const failed: Script = {
      leftover: ['file volume'],
      onRest: (request, server, normal) => {
        if (!request.path.endsWith('/start')) return normal();
        for (const box of server.boxes.values()) box.status = 'failed';
        return refusal(request, 400, 'executable not found');
      },
    };
    const { history } = await ran(failed, [run({ do: 'missing' })], [mark]);
    expect(history).toMatchObject({ ending: { is: 'passed' }, known: { 'a-mark': 1 } });
  });
});
