import type { Hooks } from './hooks.ts';
import type { Machine } from './machine.ts';
import type { GuestProcess } from './process/process.ts';
import { KILL, TERM } from './signals.ts';

/** Guest time between TERM and KILL (contract 3.3). */
const initGraceMs = 2000;
const tenantGraceMs = 1000;

/**
 * The orderly way down: TERM to PID 1 and tenants, KILL to what is left after the grace. What has no handler for
 * TERM would not use its grace, so nobody waits for it.
 */
export async function shutDown(machine: Machine, speed: number, defect: Hooks): Promise<void> {
  machine.kernel.clock.accelerate(speed);
  const init = machine.init?.process ? [machine.init.process] : [];
  if (!defect('stop-without-term')) {
    for (const process of [...machine.tenants(), ...init]) process.signal(TERM, 'outside');
    await Promise.all([end(machine, machine.tenants(), tenantGraceMs), end(machine, init, initGraceMs)]);
  }
  // PID 1 goes last, and takes everybody with it who is still there.
  for (const process of [...machine.tenants(), ...init]) process.signal(KILL, 'outside');
  machine.close();
  for (const process of [...machine.kernel.processes.values()]) process.end(-KILL);
}

/** Waits until each has ended or cannot use more time, then kills it. */
async function end(machine: Machine, processes: GuestProcess[], graceMs: number): Promise<void> {
  let over = false;
  let wake = () => {};
  const forget = machine.kernel.clock.after(graceMs, () => {
    over = true;
    wake();
  });
  while (!over && processes.some(usesGrace)) await nextEnd(processes, (waiting) => (wake = waiting));
  forget();
  // A handler whose turn came together with the timer is let through first.
  if (over) await new Promise((resolve) => setImmediate(resolve));
  for (const process of processes) process.signal(KILL, 'outside');
}

const usesGrace = (process: GuestProcess): boolean =>
  !process.ended && typeof process.handlers.get(TERM) === 'function';

/** Resolves when one of them ends, or when `waiting` is called. */
function nextEnd(processes: GuestProcess[], waiting: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const undo = processes.filter((process) => !process.ended).map((process) => process.ending.add(done));
    function done(): void {
      for (const each of undo) each();
      resolve();
    }
    waiting(done);
  });
}
