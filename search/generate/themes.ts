import type { Work } from '../../domain/work.ts';
import type { Op, Surface } from '../../program/step.ts';

/** A subset of the language that leads deep into one corner of the contract. */
export interface Theme {
  readonly name: string;
  readonly weight: number;
  readonly ops: readonly Op[];
  /** Absent: all the target has. */
  readonly surfaces?: readonly Surface[];
  /** What commands do, main commands included; absent: anything. */
  readonly works?: readonly Work['do'][];
  /** What is drawn otherwise than usual. */
  readonly settings?: Partial<Record<'maxBoxes' | 'illegalShare' | 'stepsPerBoot', number>>;
  /** Verbs that are more or less likely than usual. */
  readonly weights?: Partial<Record<Op, number>>;
}

/** Corners that a uniform mix hardly reaches. Each is about what one person would try in one sitting. */
export const defaultThemes: readonly Theme[] = [
  {
    name: 'streams',
    weight: 1,
    ops: ['run', 'stop', 'spawn', 'attach', 'send', 'control', 'read', 'detach', 'wait', 'signal', 'settle'],
    surfaces: ['rest'],
    works: ['hold', 'cat', 'gate', 'print', 'die'],
    settings: { maxBoxes: 1 },
    weights: { stop: 2, signal: 4, read: 8 },
  },
  {
    name: 'conversation',
    weight: 16,
    ops: ['run', 'spawn', 'attach', 'send', 'control', 'read', 'detach', 'wait'],
    surfaces: ['rest'],
    works: ['hold', 'cat'],
    settings: { maxBoxes: 1, illegalShare: 0.15 },
    weights: { spawn: 4, attach: 9, control: 9, send: 7, read: 7, detach: 5, wait: 1 },
  },
  {
    name: 'executions',
    weight: 7,
    ops: ['run', 'spawn', 'kill', 'wait', 'signal', 'attach'],
    surfaces: ['rest'],
    works: ['hold', 'cat', 'gate', 'env'],
    settings: { maxBoxes: 1, illegalShare: 0.3 },
    weights: { spawn: 9, kill: 6, wait: 8, signal: 3, attach: 3 },
  },
  {
    name: 'outputs',
    weight: 5,
    ops: ['run', 'exec', 'foreground', 'spawn', 'attach', 'read'],
    settings: { maxBoxes: 2, illegalShare: 0.1, stepsPerBoot: 8 },
    weights: { exec: 30, foreground: 8, spawn: 2, attach: 2, read: 2 },
  },
  {
    name: 'memory',
    weight: 12,
    ops: ['run', 'create', 'exec', 'start', 'restart', 'copy-in', 'copy-out'],
    works: ['read', 'write', 'runs', 'hold'],
    settings: { maxBoxes: 1, illegalShare: 0.05, stepsPerBoot: 2 },
    weights: { exec: 12, start: 7, restart: 6, 'copy-in': 3, 'copy-out': 2, create: 1 },
  },
  {
    name: 'main session',
    weight: 7,
    ops: ['create', 'start', 'stop', 'restart', 'attach-main', 'read', 'detach', 'exec', 'inspect', 'settle'],
    surfaces: ['rest', 'url'],
    works: ['print', 'die', 'hold', 'cat', 'runs'],
    weights: { 'attach-main': 8, read: 8, exec: 4 },
  },
  {
    name: 'files',
    weight: 7,
    ops: ['run', 'create', 'exec', 'copy-in', 'copy-out', 'stop', 'restart', 'rm'],
    works: ['read', 'write', 'hold'],
    settings: { illegalShare: 0.3 },
    weights: { 'copy-in': 12, 'copy-out': 6, create: 6, run: 6, rm: 2, stop: 2 },
  },
  {
    name: 'volumes',
    weight: 9,
    ops: ['run', 'create', 'foreground', 'exec', 'restart', 'copy-in', 'host-write', 'host-read'],
    surfaces: ['cli'],
    works: ['mounts', 'read', 'write'],
    settings: { maxBoxes: 4, stepsPerBoot: 1 },
    weights: { foreground: 12, run: 5, create: 3, restart: 5, 'host-read': 3 },
  },
  {
    name: 'ends',
    weight: 8,
    ops: ['run', 'foreground', 'start', 'restart', 'stop', 'inspect', 'list', 'settle'],
    surfaces: ['cli', 'url', 'rest'],
    works: ['print', 'die'],
    settings: { maxBoxes: 4, illegalShare: 0.1, stepsPerBoot: 1 },
    weights: { run: 14, foreground: 22 },
  },
  {
    name: 'refusals',
    weight: 5,
    ops: ['run', 'create', 'foreground', 'stop', 'restart', 'rm', 'exec', 'copy-in', 'copy-out', 'inspect'],
    settings: { maxBoxes: 3, illegalShare: 0.7 },
    weights: { rm: 8 },
  },
  {
    name: 'recovery',
    weight: 11,
    ops: [
      'run',
      'create',
      'start',
      'stop',
      'spawn',
      'attach',
      'read',
      'wait',
      'exec',
      'inspect',
      'restart-server',
    ],
    surfaces: ['rest', 'url'],
    works: ['hold', 'cat', 'gate', 'write', 'read', 'print', 'die'],
    settings: { maxBoxes: 2, illegalShare: 0.15 },
    weights: { 'restart-server': 14, stop: 7, wait: 3, inspect: 3 },
  },
  {
    name: 'lifecycle',
    weight: 1,
    ops: [
      'run',
      'create',
      'foreground',
      'start',
      'stop',
      'restart',
      'rm',
      'inspect',
      'list',
      'settle',
      'exec',
    ],
  },
];
