import type { Executing } from '../model/predict/exec.ts';
import { type Json, type RestCall, rest, type Word } from './calls.ts';
import { processFields, processFlags } from './option-calls.ts';
import { boxPath, typed } from './paths.ts';

/** Words of `exec`: flags, the box as typed, `--`, the command (contract 2.4). */
export const execWords = (step: Executing, via: 'cli' | 'url', flags: readonly string[]): Word[] => [
  'exec',
  ...flags,
  ...processFlags(step, step.work),
  typed(via, step),
  '--',
  { $: 'argv', work: step.work },
];

/** Body of POST exec (contract 5.1). */
const execBody = (step: Executing): { [key: string]: Json } => ({
  command: { $: 'argv', work: step.work, part: 'head' },
  args: { $: 'argv', work: step.work, part: 'tail' },
  ...processFields(step, step.work),
  ...(step.timeoutS === undefined ? {} : { timeout_seconds: step.timeoutS }),
});

/** POST exec. */
export const execByRest = (step: Executing): RestCall =>
  rest('POST', boxPath(step, '/exec'), 'exec', { json: execBody(step) });
