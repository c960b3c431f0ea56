import { defect } from '../defects/switch.ts';
import type { GuestProcess } from './process.ts';
import { KILL, TERM } from './signals.ts';

/** Guest time between TERM and KILL (contract 3.3). */
const initGraceMs = 2000;
const tenantGraceMs = 1000;

/**
 * Ends the processes of a guest in the orderly way: TERM to PID 1 and tenants, KILL to what is left after the grace.
 * What has no handler for TERM would not use its grace, so nobody waits for it.
 * @param speed how much faster than real time the graces pass.
 */
export async function shutDown(
  init: GuestProcess | null,
  tenants: GuestProcess[],
  speed: number,
): Promise<void> {
  const everybody = init ? [...tenants, init] : tenants;
  if (!defect('stop-without-term')) {
    for (const process of everybody) process.signal(TERM, 'outside');
    await Promise.all([
      ...tenants.map((process) => leave(process, tenantGraceMs / speed)),
      ...(init ? [leave(init, initGraceMs / speed)] : []),
    ]);
  }
  // PID 1 goes last, and takes everybody with it who is still there.
  for (const process of everybody) process.signal(KILL, 'outside');
}

/** Waits until a process has ended or its grace is over, where it can use it; then kills it. */
async function leave(process: GuestProcess, graceMs: number): Promise<void> {
  if (!process.ended && process.handlers.has(TERM)) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      process.ending.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  process.signal(KILL, 'outside');
}
