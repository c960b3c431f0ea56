import type { Op, Surface } from '../program/step.ts';

/** A subset of the language that leads deep into one corner of the contract. */
export interface Theme {
  readonly name: string;
  readonly weight: number;
  readonly ops: readonly Op[];
  /** Absent: all the target has. */
  readonly surfaces?: readonly Surface[];
}

/** Corners that a uniform mix hardly reaches: without themes 1 % of the steps meet an attached execution, with them 5 %. */
export const defaultThemes: readonly Theme[] = [
  {
    name: 'streams',
    weight: 3,
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
    weight: 1,
    ops: [
      'run',
      'create',
      'foreground',
      'exec',
      'host-write',
      'host-read',
      'stop',
      'start',
      'restart',
      'settle',
    ],
    surfaces: ['cli'],
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
