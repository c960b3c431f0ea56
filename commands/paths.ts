import type { By, Surface } from '../domain/surface.ts';
import { type Call, cli, type Ref, rest } from './calls.ts';

type Path = readonly (string | Ref)[];

/** A step about a box. */
interface OnBox {
  readonly on: string;
  readonly by?: By | undefined;
}

/** The route of a box, and what is below it. */
export const boxPath = ({ on, by }: OnBox, ...below: Path): Path => [
  '/boxes/',
  { $: 'box', on, by, via: 'rest' },
  ...below,
];

/** The route of an execution, and what is below it; one that nobody made is asked for at a real box. */
export const execPath = ({ exec, by }: { exec: string; by?: By | undefined }, ...below: Path): Path => [
  '/boxes/',
  { $: 'beside', exec, by },
  '/executions/',
  { $: 'exec', exec },
  ...below,
];

/** Boxes as a step types them on the command line. */
export const typed = (via: 'cli' | 'url', { on, by }: OnBox): Ref => ({ $: 'box', on, by, via });

/** Shows one box on a surface: inspect, GET box. */
export const look = (step: OnBox & { readonly via: Surface }): Call[] => [
  step.via === 'rest'
    ? rest('GET', boxPath(step), 'box')
    : cli(step.via, ['inspect', typed(step.via, step)], 'inspect'),
];
