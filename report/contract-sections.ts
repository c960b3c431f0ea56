import type { OracleName } from '../program/failure.ts';
import type { Op } from '../program/step.ts';

/** Where the behavioural contract speaks about an operation. */
const ofOp: Record<Op, string> = {
  run: '2.2, 3.2-3.4',
  foreground: '2.2, 1.1, 3.2-3.4',
  create: '2.3, 4.4',
  start: '2.1, 2.5, 4.3',
  stop: '2.1, 2.5, 3.3, 4.3',
  restart: '2.1, 2.5',
  rm: '2.1, 2.6, 4.3, 8.5',
  exec: '2.4, 4.3, 5.1',
  spawn: '2.4, 5.1',
  wait: '5.1, 5.4',
  signal: '5.1',
  kill: '5.1',
  resize: '5.1',
  attach: '5.2, 5.4',
  'attach-main': '5.2, 5.4, 5.5',
  send: '5.1, 5.3',
  control: '5.3',
  read: '5.3, 5.4, 7.5',
  detach: '5.4, 7.9',
  'copy-in': '2.8, 4.2',
  'copy-out': '2.8, 4.2',
  inspect: '2.7, 3.3, 4.4',
  list: '2.7, 4.2',
  settle: '3.1, 7.1',
  'restart-server': '3.5, 4.1, 8.8, 8.11',
  'host-write': '6.3',
  'host-read': '6.3',
};

const ofOracle: Record<OracleName, string> = {
  'broken-answer': '8.1, 8.2',
  'refusal-changed-state': '8.4',
  'views-disagree': '8.3, 8.10',
  leak: '8.5, 7.11',
  cleanup: '2.6, 8.5',
};

/** Sections of the contract that a failure of this operation is judged by. */
export const sectionsOfOp = (op: Op): string => ofOp[op];

/** Sections of the contract behind an oracle. */
export const sectionsOfOracle = (oracle: OracleName): string => ofOracle[oracle];
