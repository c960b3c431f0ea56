import { serverEnds } from '../../../domain/server-end.ts';
import type { StepOf } from '../../../program/step.ts';

/** The script's own server ends, and another one opens its home. */
export const restartServer = ({ how }: StepOf<'restart-server'>): string[] => [
  `restart_server ${serverEnds[how]}`,
];
