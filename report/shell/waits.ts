import type { Step } from '../../program/step.ts';

/** How long a script looks again at what takes its time, seconds; emulated machines are slow. */
const seconds: Partial<Record<Step['op'], number>> = {
  settle: 15,
  read: 20,
  wait: 20,
  attach: 40,
  'attach-main': 40,
};

/** Seconds for which a step is repeated until its answer fits; 0 for whatever changes something. */
export const waitS = (step: Step): number => seconds[step.op] ?? 0;
