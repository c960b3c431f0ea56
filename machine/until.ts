import { setTimeout as pause } from 'node:timers/promises';

/**
 * Looks until `good` (default: something truthy) or the deadline, at growing distances (20 ms to 250 ms). Gives the
 * last look either way, so the caller judges it.
 */
export async function lookUntil<T>(
  look: () => T | Promise<T>,
  deadlineMs: number,
  good: (value: T) => boolean = Boolean,
): Promise<T> {
  const endMs = performance.now() + deadlineMs;
  for (let gapMs = 20; ; gapMs = Math.min(250, gapMs * 1.5)) {
    const value = await look();
    const leftMs = endMs - performance.now();
    if (good(value) || leftMs <= 0) return value;
    await pause(Math.min(gapMs, leftMs));
  }
}
