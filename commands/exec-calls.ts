import { toBase64 } from '../domain/bytes.ts';
import type { Sdk } from '../domain/surface.ts';
import type { Executing } from '../model/predict/exec.ts';
import { type Json, type RestCall, rest, type SdkCall, sdk, type Word } from './calls.ts';
import { boxPath, typed } from './paths.ts';
import { envOf } from './work.ts';

const MISSING_DIR = '/no/such/dir';

/** Words of `exec`: flags, the box as typed, `--`, the command (contract 2.4). */
export const execWords = (step: Executing, via: 'cli' | 'url', flags: readonly string[]): Word[] => [
  'exec',
  ...flags,
  ...Object.entries(envOf(step.work)).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
  ...(step.badWorkdir ? ['-w', MISSING_DIR] : []),
  typed(via, step),
  '--',
  { $: 'argv', work: step.work },
];

/** Body of POST exec (contract 5.1). */
const execBody = ({ work, badWorkdir, timeoutS }: Executing): { [key: string]: Json } => ({
  command: { $: 'argv', work, part: 'head' },
  args: { $: 'argv', work, part: 'tail' },
  ...(work.do === 'env' ? { env: envOf(work) } : {}),
  ...(badWorkdir ? { working_dir: MISSING_DIR } : {}),
  ...(timeoutS === undefined ? {} : { timeout_seconds: timeoutS }),
});

/** POST exec. */
export const execByRest = (step: Executing): RestCall =>
  rest('POST', boxPath(step, '/exec'), 'exec', { json: execBody(step) });

/** exec of an SDK: what it is given in, what comes of it read to the end or held. */
export const execBySdk = (step: Executing, via: Sdk, method: 'execute' | 'spawn'): SdkCall =>
  sdk(
    via,
    method,
    {
      box: typed(via, step),
      command: { $: 'argv', work: step.work, part: 'head' },
      args: { $: 'argv', work: step.work, part: 'tail' },
      ...(step.work.do === 'env' ? { env: envOf(step.work) } : {}),
      ...(step.badWorkdir ? { cwd: MISSING_DIR } : {}),
      ...(step.timeoutS === undefined ? {} : { timeout: step.timeoutS }),
      ...(step.stdin === undefined ? {} : { stdin: toBase64(step.stdin) }),
    },
    method === 'execute' ? 'ended' : 'made',
  );
