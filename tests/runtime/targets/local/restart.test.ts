import { expect, test } from 'vitest';
import { processesMentioning } from '../../../../machine/process.ts';
import { fromRest } from '../../../../runtime/normal-form/index.ts';
import type { Session } from '../../../../runtime/ports/session.ts';
import { fakeTarget } from '../../fixtures/fake-target.ts';

const timeoutMs = 10_000;

async function sessionOf(flaws = '') {
  const { target, lines } = await fakeTarget(flaws, { deadlineFactor: 0.5 });
  const session = await target.session('restarts');
  const restart = session.restartServer;
  if (!restart) throw new Error('a server of our own can be restarted');
  const asked = { method: 'GET', path: '/v1/boxes' };
  const boxes = async () => fromRest(await session.rest(asked, { timeoutMs }), 'boxes');
  return { session, restart, boxes, lines };
}

const make = (session: Session) =>
  session.rest({ method: 'POST', path: '/v1/boxes', json: {} }, { timeoutMs });

test.each([
  'interrupt',
  'terminate',
  'kill',
] as const)('a server that is told to end (%s) has another one answer in its place', async (how) => {
  const { session, restart, boxes, lines } = await sessionOf();
  await make(session);
  const before = await boxes();
  expect(await restart(how, { timeoutMs })).toEqual({ is: 'back' });
  expect(await boxes()).toEqual(before);
  expect(before).toMatchObject({ is: 'boxes', boxes: [{}] });
  expect(lines).toEqual([]);
});

test('a server that does not end by itself is told of, and replaced all the same', async () => {
  const { restart, boxes } = await sessionOf('deaf');
  const answer = await restart('interrupt', { timeoutMs: 300 });
  expect(answer).toMatchObject({ is: 'hangs', text: expect.stringContaining('300 ms of SIGINT') });
  expect(await boxes()).toMatchObject({ is: 'boxes' });
});

test('a server that was gone before its restart is not made good by its successor', async () => {
  const { restart, boxes } = await sessionOf();
  const servers = () =>
    processesMentioning('fake-boxlite').filter(
      ({ ppid, argv }) => ppid === process.pid && argv.includes('serve'),
    );
  expect(servers()).toHaveLength(1);
  for (const { pid } of servers()) process.kill(pid, 'SIGKILL');
  // A process that is ending has closed its port a moment before it counts as gone.
  await expect.poll(servers, { timeout: timeoutMs }).toEqual([]);
  expect(await boxes()).toMatchObject({ is: 'broken' });
  expect(await restart('kill', { timeoutMs })).toMatchObject({ is: 'gone' });
  expect(await boxes()).toMatchObject({ is: 'boxes' });
});
