import { toBase64 } from '../domain/bytes.ts';
import { expanded } from '../domain/fill.ts';
import type { Sdk } from '../domain/surface.ts';
import type { Executing } from '../model/predict/exec.ts';
import { type Json, type RestCall, rest, type SdkCall, sdk, type Word } from './calls.ts';
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
  ...(step.tty === undefined ? {} : { tty: step.tty }),
});

/** POST exec. */
export const execByRest = (step: Executing): RestCall =>
  rest('POST', boxPath(step, '/exec'), 'exec', { json: execBody(step) });

/** exec of an SDK: what it is given in, what comes of it read to the end or held. */
export function execBySdk(step: Executing, via: Sdk, method: 'execute' | 'spawn'): SdkCall {
  const { env, working_dir: cwd } = processFields(step, step.work);
  const json = {
    box: typed(via, step),
    command: { $: 'argv', work: step.work, part: 'head' },
    args: { $: 'argv', work: step.work, part: 'tail' },
    ...(env && { env }),
    ...(cwd && { cwd }),
    ...(step.timeoutS === undefined ? {} : { timeout: step.timeoutS }),
    ...(step.stdin === undefined ? {} : { stdin: toBase64(expanded(step.stdin)) }),
  } as const;
  return sdk(via, method, json, method === 'execute' ? 'ended' : 'made');
}
