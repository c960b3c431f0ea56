import { describe, expect, it } from 'vitest';
import { type Reproduction, type ShrinkTask, shrinkProgram } from '../../../search/shrink/driver.ts';
import { sameSignature } from '../../../verdict/signature.ts';
import { failing } from '../fixtures/failing.ts';
import { leak } from '../fixtures/failure.ts';
import { runWith, type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { toyRules } from '../fixtures/toy-verbs.ts';

const defect = toyDefects[1] as ToyDefect;
const [found] = failing(defect, 1, 12);
if (!found) throw new Error('no failing program was drawn');
const { program, failure } = found;

const task = (changes: Partial<ShrinkTask> = {}): ShrinkTask => ({
  program,
  failure,
  reproduce: async (candidate) => runWith(toyRules, defect, candidate),
  budget: { runs: 200, seconds: 60 },
  rules: toyRules,
  signal: new AbortController().signal,
  ...changes,
});

describe('shrinkProgram', () => {
  it('tells every better program as soon as it is known, and gives back the last', async () => {
    const lengths: number[] = [];
    const shrunk = await shrinkProgram(task({ onBest: (best) => void lengths.push(best.steps.length) }));
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    expect(lengths.at(-1)).toBe(shrunk.program.steps.length);
    expect(runWith(toyRules, defect, shrunk.program)).not.toBeNull();
  });

  it('stops at the budget of runs with the best so far', async () => {
    const shrunk = await shrinkProgram(task({ budget: { runs: 3, seconds: 60 } }));
    expect(shrunk).toMatchObject({ runs: 3, exhausted: false });
    expect(runWith(toyRules, defect, shrunk.program)).not.toBeNull();
  });

  it('stops at the budget of seconds', async () => {
    let ms = 0;
    const now = () => ms;
    const reproduce = async (): Promise<Reproduction> => {
      ms += 1000;
      return null;
    };
    expect(await shrinkProgram(task({ reproduce, now, budget: { runs: 200, seconds: 5 } }))).toMatchObject({
      runs: 5,
      exhausted: false,
      program,
    });
  });

  it('stops when the caller says so', async () => {
    const controller = new AbortController();
    const reproduce = async (): Promise<Reproduction> => {
      controller.abort();
      return null;
    };
    const shrunk = await shrinkProgram(task({ reproduce, signal: controller.signal }));
    expect(shrunk).toMatchObject({ runs: 1, exhausted: false });
  });

  it('ends with the best so far when nothing more can be learnt', async () => {
    const lost = await shrinkProgram(task({ reproduce: async () => 'stop' }));
    expect(lost).toMatchObject({ runs: 1, exhausted: false, program });
  });

  it('does not slip to another failure', async () => {
    const slippery = async (candidate: typeof program): Promise<Reproduction> => {
      const same = runWith(toyRules, defect, candidate);
      return same ?? leak(candidate.steps.length, 'process x');
    };
    const shrunk = await shrinkProgram(task({ reproduce: slippery }));
    expect(sameSignature(shrunk.failure, failure)).toBe(true);
    expect(shrunk.exhausted).toBe(true);
    const otherwise = async ({ steps }: typeof program): Promise<Reproduction> =>
      leak(steps.length, 'process x');
    expect((await shrinkProgram(task({ reproduce: otherwise }))).program).toBe(program);
  });

  it('counts the steps of all that it ran', async () => {
    const ran: number[] = [];
    const reproduce = async ({ steps }: typeof program): Promise<Reproduction> => {
      ran.push(steps.length);
      return null;
    };
    const { runs, commands } = await shrinkProgram(task({ reproduce }));
    expect([runs, commands]).toEqual([ran.length, ran.reduce((sum, steps) => sum + steps, 0)]);
  });
});
