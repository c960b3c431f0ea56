import type { Op, Surface } from '../program/step.ts';
import type { Work } from '../program/work.ts';
import type { SearchSettings } from './settings.ts';

/** A subset of the language that leads deep into one corner of the contract. */
export interface Theme {
  readonly name: string;
  readonly weight: number;
  readonly ops: readonly Op[];
  /** Absent: all the target has. */
  readonly surfaces?: readonly Surface[];
  /** What commands do; absent: anything. */
  readonly works?: readonly Work['do'][];
  /** What is drawn otherwise than usual. */
  readonly settings?: Partial<Pick<SearchSettings, 'maxBoxes' | 'illegalShare' | 'stepsPerBoot'>>;
  /** Verbs that are more or less likely than usual. */
  readonly weights?: Partial<Record<Op, number>>;
}

/** Corners that a uniform mix hardly reaches: without themes 1 % of the steps meet an attached execution, with them 5 %. */
export const defaultThemes: readonly Theme[] = [
  {
    name: 'streams',
    weight: 2,
    ops: [
      'run',
      'stop',
      'spawn',
      'attach',
      'send',
      'control',
      'read',
      'detach',
      'wait',
      'signal',
      'kill',
      'settle',
    ],
    surfaces: ['rest'],
    works: ['hold', 'cat', 'gate', 'print', 'die'],
    settings: { maxBoxes: 1 },
    weights: { stop: 2, kill: 4, signal: 4 },
  },
  {
    name: 'conversation',
    weight: 3,
    ops: ['run', 'spawn', 'attach', 'send', 'control', 'read', 'detach'],
    surfaces: ['rest'],
    works: ['hold', 'cat'],
    settings: { maxBoxes: 1, illegalShare: 0.3 },
    weights: { control: 6, read: 8, detach: 3 },
  },
  {
    name: 'executions',
    weight: 3,
    ops: ['run', 'spawn', 'kill', 'wait', 'signal', 'attach'],
    surfaces: ['rest'],
    works: ['hold', 'gate', 'print'],
    settings: { maxBoxes: 1, illegalShare: 0.4 },
    weights: { kill: 6, wait: 6, attach: 4 },
  },
  {
    name: 'memory',
    weight: 2,
    ops: ['run', 'exec', 'start', 'restart', 'copy-in'],
    works: ['read', 'write', 'runs', 'print'],
    settings: { maxBoxes: 1, illegalShare: 0.05, stepsPerBoot: 2 },
    weights: { start: 3, restart: 6, 'copy-in': 4 },
  },
  {
    name: 'main session',
    weight: 1,
    ops: ['create', 'start', 'stop', 'restart', 'attach-main', 'read', 'detach', 'exec', 'inspect', 'settle'],
    surfaces: ['rest', 'url'],
  },
  {
    name: 'files',
    weight: 1,
    ops: [
      'run',
      'create',
      'foreground',
      'exec',
      'copy-in',
      'copy-out',
      'host-write',
      'host-read',
      'stop',
      'start',
      'restart',
      'rm',
      'settle',
    ],
  },
  {
    name: 'volumes',
    weight: 4,
    ops: ['run', 'create', 'foreground', 'exec', 'restart', 'copy-in', 'host-write', 'host-read'],
    surfaces: ['cli'],
    works: ['mounts', 'read', 'write'],
    settings: { maxBoxes: 3, stepsPerBoot: 1 },
    weights: { foreground: 12, run: 5, create: 3, restart: 5 },
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
