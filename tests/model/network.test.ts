import { describe, expect, it } from 'vitest';
import type { Step } from '../../program/step.ts';
import { labels, outcome, reached } from './fixtures/play.ts';
import { exec, stop } from './fixtures/steps.ts';

const alias = '192.168.127.254';
const box = (more: object = {}): Step => ({ op: 'run', via: 'rest', as: 'box1', ...more });
const set = (more: object = {}): Step => ({
  ...{ op: 'set-network', via: 'rest', on: 'box1', mode: 'enabled' as const },
  ...more,
});
const reach = exec({ do: 'reach', by: 'tcp', to: alias, token: 'knock' });
const echoed = (steps: Step[]) => {
  const { expect: seen } = outcome(reached(...steps), reach);
  return seen.is === 'ended' ? seen.out : seen;
};

describe('whom a box reaches (contract 12.5)', () => {
  it.each([
    ['no rules', {}, 'knock'],
    ['a rule that covers it', { allowNet: ['192.168.127.0/24'] }, 'knock'],
    ['a rule for somebody else', { allowNet: ['10.0.0.0/8'] }, ''],
    ['a closed network', { outbound: 'disabled' }, ''],
  ])('with %s', (_what, options, exactly) => {
    expect(echoed([box(options)])).toEqual({ exactly });
  });

  it('is what it was last told while it ran, not that and what it was told before', () => {
    const first = box({ allowNet: [alias] });
    expect(echoed([first, set({ allowNet: ['10.0.0.0/8'] })])).toEqual({ exactly: '' });
    expect(echoed([first, set({ mode: 'disabled' }), set()])).toEqual({ exactly: 'knock' });
  });
});

describe('a policy that is refused (contract 12.6)', () => {
  const bad = { allowNet: ['fd00::1'] };

  it('for a box at rest, for one without a network, and for one that is not there', () => {
    expect(labels(reached(box(), stop('rest')), set())).toEqual(['refused:network-at-rest']);
    expect(labels(reached(box({ outbound: 'disabled' })), set())).toEqual(['refused:network-off']);
    expect(labels(reached(), set({ on: '?nobody' }))).toEqual(['refused:unknown-box']);
    expect(labels(reached(box()), set({ inbound: true }))).toEqual(['refused:network-inbound']);
  });

  it('for a rule that is none, or for what is wrong with the box too', () => {
    expect(labels(reached(box()), set(bad))).toEqual(['refused:network-rule']);
    for (const via of ['url', 'rest']) {
      expect(labels(reached(), set({ ...bad, via, on: '?nobody' }))).toEqual([
        'refused:network-rule',
        'refused:unknown-box',
      ]);
      expect(labels(reached(box(), stop('rest')), set({ ...bad, via }))).toEqual([
        'refused:network-rule',
        'refused:network-at-rest',
      ]);
    }
  });
});
