import type { Executing } from '../model/predict/exec.ts';
import { spell } from './spell.ts';
import type { StepContext } from './step-context.ts';
import { argvOf, envOf } from './work.ts';

const MISSING_DIR = '/no/such/dir';

/** Arguments of `exec`: flags, the box as typed, `--`, the command (contract 2.4). */
export function execArgs(step: Executing, stepContext: StepContext, flags: string[]): string[] {
  const via = step.via as 'cli' | 'url';
  const env = Object.entries(envOf(step.work)).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const workdir = step.badWorkdir ? ['-w', MISSING_DIR] : [];
  return [
    'exec',
    ...flags,
    ...env,
    ...workdir,
    spell(stepContext, step.on, step.by, via),
    '--',
    ...argvOf(step.work),
  ];
}

/** Body of POST exec (contract 5.1). */
export function execBody(step: Executing): Record<string, unknown> {
  const [command, ...args] = argvOf(step.work);
  return {
    command,
    args,
    ...(step.work.do === 'env' ? { env: envOf(step.work) } : {}),
    ...(step.badWorkdir ? { working_dir: MISSING_DIR } : {}),
    ...(step.timeoutS !== undefined ? { timeout_seconds: step.timeoutS } : {}),
  };
}
