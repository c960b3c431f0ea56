import { expect, test } from 'vitest';
import { wedgedLine } from '../../lab/heartbeat.ts';

test.each([
  '[  93.1] watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [fc_vcpu 0:412]',
  '[  93.1] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:',
  '[  93.1] rcu: INFO: rcu_preempt self-detected stall on CPU',
  '[   1.0] Kernel panic - not syncing: No working init found.',
  '[ 300.0] INFO: task jbd2:12 blocked for more than 120 seconds.',
])('a console that says this tells of a kernel past help: %s', (line) => {
  expect(wedgedLine(`boxcheck: booted\n${line}\nmore`)).toBe(line);
});

test('the console of a healthy guest tells of no trouble', () => {
  const text =
    'boxcheck: booted\n[ 34.2] kvm [176]: vcpu0, guest rIP: 0xffffffff8100503b Unhandled WRMSR(0xc0010007)\n';
  expect(wedgedLine(text)).toBeNull();
  expect(wedgedLine('Memory cgroup out of memory: Killed process 12 (sh)')).toBeNull();
});
