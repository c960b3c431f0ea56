import type { RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { BrokenLine } from '../../report/invocation-record.ts';

/** Counts the runs that a machine broke by their programs, so that one that breaks it again and again is seen. */
export function brokenCounter() {
  const counts = new Map<Program, BrokenLine>();
  const counting =
    (run: RunProgram): RunProgram =>
    async (program, signal) => {
      const history = await run(program, signal);
      const { ending } = history;
      if (ending.is !== 'infrastructure') return history;
      const times = (counts.get(program)?.times ?? 0) + 1;
      counts.set(program, { program: nameOf(program), times, why: ending.why });
      return history;
    };
  return { counting, lines: () => [...counts.values()].sort((a, b) => b.times - a.times) };
}

const nameOf = ({ seed, note, steps }: Program): string =>
  note ?? (seed === undefined ? steps.map(({ op }) => op).join(', ') : `seed ${seed}`);
