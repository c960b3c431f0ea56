import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { call } from '../call.ts';
import type { LabPaths } from '../paths.ts';
import type { Step } from './step.ts';

/**
 * Makes two key pairs nobody else has: who may log in, and who the guest is (so that it need not make its own,
 * slowly).
 */
export function keysStep(paths: LabPaths): Step {
  return {
    name: 'ssh keys',
    output: paths.keys,
    inputs: { layout: '1' },
    make: async (temp) => {
      await mkdir(temp, { mode: 0o700 });
      for (const name of ['client', 'host']) {
        const what = ['-q', '-t', 'ed25519', '-N', '', '-C', `boxcheck-lab-${name}`, '-f', join(temp, name)];
        await call(['ssh-keygen', ...what], { timeoutMs: 30_000 });
      }
    },
  };
}
