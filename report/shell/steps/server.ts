import type { StepOf } from '../../../program/step.ts';

const signals = { interrupt: 'INT', terminate: 'TERM', kill: 'KILL' } as const;

/** The script's own server ends, and another one opens its home. */
export const restartServer = ({ how }: StepOf<'restart-server'>): string[] => [
  `restart_server ${signals[how]}`,
];
