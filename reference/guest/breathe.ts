import { limits } from './limits.ts';

let sliceStartMs = performance.now();
let calls = 0;

/**
 * Called by every guest system call and every shell command. Guest code talks to itself in microtasks, which
 * would starve timers and sockets; after a slice it lets the event loop turn once.
 * @returns undefined when there is time left, so that the caller need not await.
 */
export function breathe(): Promise<void> | undefined {
  if ((++calls & 31) !== 0) return undefined;
  if (performance.now() - sliceStartMs < limits.sliceMs) return undefined;
  return new Promise((resolve) => {
    setImmediate(() => {
      sliceStartMs = performance.now();
      resolve();
    });
  });
}
