import type { RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { BrokenLine, MachineEvents } from '../../report/invocation-record.ts';

/** Counts the runs that a machine broke: by their programs, so that one that breaks it again and again is seen, and by kind. */
export function brokenCounter() {
  const counts = new Map<Program, BrokenLine>();
  const events: MachineEvents = {};
  const counting =
    (run: RunProgram): RunProgram =>
    async (program, signal) => {
      const history = await run(program, signal);
      const { ending } = history;
      if (ending.is !== 'infrastructure') return history;
      const times = (counts.get(program)?.times ?? 0) + 1;
      counts.set(program, { program: nameOf(program), times, why: ending.why });
      const kind = kindOf(ending.why);
      events[kind] = (events[kind] ?? 0) + 1;
      return history;
    };
  const lines = () => [...counts.values()].sort((a, b) => b.times - a.times);
  return { counting, lines, events: () => ({ ...events }) };
}

const nameOf = ({ seed, note, steps }: Program): string =>
  note ?? (seed === undefined ? steps.map(({ op }) => op).join(', ') : `seed ${seed}`);

/** Words of targets and of the lab by which a kind of trouble is known; the first that fits counts. */
const KINDS: readonly (readonly [kind: string, words: RegExp])[] = [
  ['box did not boot', /VM failed to start|triple fault|KVM_RUN/iu],
  ['connection to a box lost', /transport error/iu],
  ['kernel wedged', /kernel (is wedged|failed)/u],
  ['no sign of life', /no sign of life/u],
  ['QEMU gone', /QEMU/u],
  ['ssh lost', /\bssh\b|cannot be reached|did not finish/u],
  ['server does not answer', /serve does not answer/u],
  ['short of room', /disk is full|memory is short|room for|load is|short of resources/u],
];

/** Gives the kind of trouble that a machine had. */
export const kindOf = (why: string): string => KINDS.find(([, words]) => words.test(why))?.[0] ?? 'other';
