import { expect, test } from 'vitest';
import { foreground, list, print } from '../model/fixtures/steps.ts';
import type { Script } from './fixtures/fake-target.ts';
import { failureOf, markOf, ran } from './fixtures/runs.ts';

/** `run --rm` that returns before its box is gone, or after. */
const runRm = (lingers: boolean): Script => ({
  onUrl: (args, server) => {
    const box = { box_id: 'boxboxboxbo1', name: null, status: 'running' };
    if (args.includes('run') && lingers) server.boxes.set('boxboxboxbo1', box);
    if (args.includes('rm') || args.includes('list')) server.boxes.clear();
    const out = args.includes('run') ? 'out\n' : '[]';
    return { args, exit: 0, signal: null, out, err: '', timedOut: false, ms: 1 };
  },
});
const mark = markOf({
  op: 'foreground',
  via: ['url'],
  where: { rm: true },
  seen: { is: 'ended' },
  after: { as: 'usual', box: { status: 'leaving' } },
  silent: true,
});
const steps = [{ ...foreground(print('out\n'), 'url'), rm: true }, list(true)];

test('a box that lingers after run --rm is the mark’s hit, and may be gone at any later look', async () => {
  const { history } = await ran(runRm(true), steps, [mark]);
  expect(history.ending).toEqual({ is: 'passed' });
  expect(history.known).toEqual({ 'a-mark': 1 });
});

test('one that is gone at once makes the mark stale', async () => {
  const { history } = await ran(runRm(false), steps, [mark]);
  expect(failureOf(history)).toMatchObject({ kind: 'stale-mark', id: 'a-mark' });
});

test('without the mark a box that lingers is a finding of the views', async () => {
  const { history } = await ran(runRm(true), steps);
  expect(failureOf(history)).toMatchObject({ kind: 'oracle', oracle: 'views-disagree' });
});
