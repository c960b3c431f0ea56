import { type By, isCli, isSdk, type Surface } from '../domain/surface.ts';
import { type Call, cli, type Ref, rest, sdk } from './calls.ts';

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

/** A step about an execution. */
interface OnExec {
  readonly exec: string;
  readonly by?: By | undefined;
}

/** The box at which an execution is asked for. */
export const besideOf = ({ exec, by }: OnExec): Ref => ({ $: 'beside', exec, by });

/** The route of an execution, and what is below it; one that nobody made is asked for at a real box. */
export const execPath = (step: OnExec, ...below: Path): Path => [
  '/boxes/',
  besideOf(step),
  '/executions/',
  { $: 'exec', exec: step.exec },
  ...below,
];

/** Boxes as a step types them on the command line, or names them to an SDK. */
export const typed = (via: Surface, { on, by }: OnBox): Ref => ({ $: 'box', on, by, via });

/** Shows one box on a surface: inspect, GET box. */
export const look = (step: OnBox & { readonly via: Surface }): Call[] => {
  const { via } = step;
  if (isCli(via)) return [cli(via, ['inspect', typed(via, step)], 'inspect')];
  if (isSdk(via)) return [sdk(via, 'inspect', { box: typed(via, step) }, 'box')];
  return [rest('GET', boxPath(step), 'box')];
};
