import * as fc from 'fast-check';
import { type Asking, attachMode, type StdinValue, stdinValues } from '../domain/attach-mode.ts';

/** An attach as it is asked for, and with a wrong `stdin` parameter. */
export const asked: readonly Asking[] = [{}, { stdin: 'x' }];

/** What a client may be that reads only, so often in ten, in both ways to ask for it. */
type Share = 2 | 3 | 5;

/** Every way to ask for the same: wrong values stay wrong ones. */
export function spelledMode<S extends Asking>(step: S, readOnly: Share): fc.Arbitrary<S> {
  if (attachMode(step) === 'wrong') return fc.constantFrom(...wrong).map((stdin) => ({ ...step, stdin }));
  return fc.oneof(
    { weight: 9 - readOnly, arbitrary: fc.constant(step) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('1' as const, 'true' as const).map((stdin) => ({ ...step, stdin })),
    },
    { weight: readOnly - 1, arbitrary: fc.constant({ ...step, readonly: true }) },
    { weight: 1, arbitrary: fc.constant({ ...step, stdin: 'false' as const }) },
  );
}

const wrong = (Object.keys(stdinValues) as StdinValue[]).filter((value) => stdinValues[value] === 'wrong');
