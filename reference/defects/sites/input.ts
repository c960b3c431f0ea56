import { defect } from '../switch.ts';

/** Passes stdin on, or loses it; null is its end. */
export function spoiledInput<T>(data: Buffer | null, pass: (data: Buffer | null) => T): T | undefined {
  return defect(data ? 'stdin-lost' : 'stdin-never-ends') ? undefined : pass(data);
}
