import { mkdir, rm } from 'node:fs/promises';
import type { Log } from '../../domain/log.ts';
import { call, LabError } from '../call.ts';
import type { LabPaths } from '../paths.ts';
import { fetchWheel } from './cli.ts';
import { isFresh, runStep, type Step } from './step.ts';

/** The Python of the guest's Debian. */
const GUEST_PYTHON = '3.11';

/** Makes a directory with the newest Python SDK that is not newer than a version, for the guest's Python. */
function sdkStep(version: string, paths: LabPaths): Step {
  return {
    name: `Python SDK for boxlite ${version}`,
    output: paths.sdk(version),
    inputs: { version, python: GUEST_PYTHON, layout: '1' },
    make: async (temp, made) => {
      const work = `${temp}-work`;
      try {
        await mkdir(work, { recursive: true });
        const wheel = await fetchWheel(version, work, ['--python-version', GUEST_PYTHON]);
        await call(['python3', '-m', 'zipfile', '-e', wheel.file, temp], { timeoutMs: 120_000 });
        made.wheel = wheel.version;
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
  };
}

/** Has the SDK made. A lab without it lacks a surface and is good for the rest: says so, and what was in the way. */
export async function buildSdk(version: string, paths: LabPaths, log: Log): Promise<void> {
  const step = sdkStep(version, paths);
  if (await isFresh(step)) return;
  await runStep(step, log).catch((error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    log(`lab: surface local-sdk is absent: ${error.message}`);
  });
}
