import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Everything else: programs of the whole language, over all surfaces. */
const anyProgram: Property = {
  programs: 25,
  maxSteps: 30,
  about: ({ seen }) => seen.is !== 'broken',
  noticed: 'errors-are-500',
};

it('no program gets an answer that the contract does not allow', () => holds(anyProgram));
it('a runtime whose errors are 500 is noticed', () => canFail(anyProgram));
