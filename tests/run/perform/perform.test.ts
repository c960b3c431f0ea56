import { describe, expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { perform } from '../../../run/perform/perform.ts';
import type { StepContext } from '../../../run/perform/step-context.ts';
import type { RestAnswer, Session } from '../../../runtime/ports/session.ts';
import {
  create,
  exec,
  foreground,
  hold,
  inspect,
  named,
  print,
  run,
  spawn,
} from '../../model/fixtures/steps.ts';
import { paperContext, paperSession } from './fixtures/paper.ts';

const envelope = { error: { message: 'no', type: 'InvalidArgumentError', code: 'invalid_argument' } };
const boxBody = (id: string) => ({
  box_id: id,
  name: null,
  status: 'running',
  created_at: '2026-11-26T00:00:00Z',
  updated_at: '2026-11-26T00:00:00Z',
  image: 'i',
  cpus: 1,
  memory_mib: 64,
});

/** A context whose server answers each request in turn, and the requests that came. */
function answering(...answers: [status: number, body: unknown][]): { context: StepContext; asked: string[] } {
  const asked: string[] = [];
  const session: Session = {
    ...paperSession,
    rest: async ({ method, path }): Promise<RestAnswer> => {
      asked.push(`${method} ${path}`);
      const [status, body] = answers.shift() ?? [200, { boxes: [] }];
      return {
        method,
        path,
        status,
        headers: {},
        body: body === '' ? '' : JSON.stringify(body),
        timedOut: false,
        ms: 1,
      };
    },
  };
  return { context: paperContext({ session }), asked };
}

const done = (context: StepContext, step: Step) => perform(step, context, 1_000);

describe('the calls of a step', () => {
  it('are made one after the other, and the id that one told is in the next and in the answer', async () => {
    const { context, asked } = answering([201, boxBody('AAAAbbbbcccc')], [200, boxBody('AAAAbbbbcccc')]);
    expect(await done(context, run(hold))).toMatchObject({
      is: 'done',
      id: 'AAAAbbbbcccc',
      box: { status: 'running' },
    });
    expect(asked).toEqual(['POST /v1/boxes', 'POST /v1/boxes/AAAAbbbbcccc/start']);
    expect(context.boxIds.get('box1')).toBe('AAAAbbbbcccc');
  });

  it('end with the first that is refused, whose answer is the step’s; what it left is still looked for', async () => {
    const { context, asked } = answering([400, envelope], [200, { boxes: [boxBody('XXXXbbbbcccc')] }]);
    expect(await done(context, foreground(print('a')))).toMatchObject({ is: 'refused', status: 400 });
    expect(asked).toEqual(['POST /v1/boxes', 'GET /v1/boxes']);
    expect(context.boxIds.get('box1')).toBe('XXXXbbbbcccc');
  });

  it('bind nothing where several boxes may be the one that was made', async () => {
    const boxes = [boxBody('XXXXbbbbcccc'), boxBody('YYYYbbbbcccc')];
    const { context } = answering([400, envelope], [200, { boxes }]);
    await done(context, run(hold));
    expect(context.boxIds.has('box1')).toBe(false);
  });

  it('tell an execution’s id under its handle, not that of one in the foreground', async () => {
    const { context } = answering([201, { execution_id: 'e-1' }]);
    expect(await done(context, spawn(hold))).toEqual({ is: 'done', id: 'e-1' });
    expect(context.execIds.get('exec1')).toBe('e-1');
    const { context: other } = answering([400, envelope]);
    await done(other, exec(hold));
    expect(other.execIds.size).toBe(0);
  });
});

describe('names', () => {
  it('of a creation that was refused name nothing', async () => {
    const { context, asked } = answering(
      [201, boxBody('AAAAbbbbcccc')],
      [400, envelope],
      [200, { boxes: [boxBody('AAAAbbbbcccc')] }],
      [200, boxBody('AAAAbbbbcccc')],
      [404, envelope],
    );
    await done(context, named(create(), 'alpha'));
    await done(context, named(create(undefined, 'rest', 'box2'), 'alpha'));
    await done(context, { ...inspect('rest', 'box1'), by: 'name' });
    await done(context, { ...inspect('rest', 'box2'), by: 'name' });
    expect(asked.slice(-2)).toEqual(['GET /v1/boxes/alpha', 'GET /v1/boxes/nobody-box2']);
  });

  it('that are free again belong to the newer box, and to the old one until then', async () => {
    const { context, asked } = answering([201, boxBody('AAAAbbbbcccc')], [200, boxBody('AAAAbbbbcccc')]);
    await done(context, named(create(), 'alpha'));
    await done(context, { ...inspect('rest', 'box1'), by: 'name' });
    expect(asked.at(-1)).toBe('GET /v1/boxes/alpha');
    const again = answering([201, boxBody('BBBBbbbbcccc')]);
    const later = { ...again.context, cast: context.cast, boxIds: context.boxIds };
    await done(later, named(create(undefined, 'rest', 'box2'), 'alpha'));
    await done(later, { ...inspect('rest', 'box1'), by: 'name' });
    await done(later, { ...inspect('rest', 'box2'), by: 'name' });
    expect(again.asked.slice(-2)).toEqual(['GET /v1/boxes/AAAAbbbbcccc', 'GET /v1/boxes/alpha']);
  });
});
