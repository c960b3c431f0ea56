import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Outside the repository's files, kept from run to run. */
const venv = fileURLToPath(new URL('../../.boxcheck/bench-venv/', import.meta.url));

/** Which packages the environment was made with. */
const stamp = join(venv, 'made-with.txt');

let ready: Promise<string | null> | undefined;

/**
 * The Python with the pinned Hypothesis, in an environment of its own that is made at first use. Null, with the
 * reason in the log, where that is not possible: then the benchmarks do without Hypothesis.
 */
export function hypothesisPython(log: (line: string) => void): Promise<string | null> {
  ready ??= make(log).catch((error: unknown) => {
    log(`Hypothesis is left out: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    return null;
  });
  return ready;
}

async function make(log: (line: string) => void): Promise<string> {
  const python = join(venv, 'bin', 'python');
  const wanted = await readFile(join(here, 'requirements.txt'), 'utf8');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return python;
  log('making a Python environment for Hypothesis');
  await mkdir(venv, { recursive: true });
  await execa('python3', ['-m', 'venv', '--clear', venv]);
  await execa(python, ['-m', 'pip', 'install', '--quiet', '--requirement', join(here, 'requirements.txt')]);
  await writeFile(stamp, wanted);
  return python;
}

/** Runs one of the scripts beside this file; the JSON objects it prints, one a line. Hypothesis talks in between. */
export async function runPython(
  python: string,
  script: string,
  args: readonly string[],
  options: { signal: AbortSignal; env?: Record<string, string> },
): Promise<unknown[]> {
  const { stdout } = await execa(python, [join(here, script), ...args], {
    cancelSignal: options.signal,
    ...(options.env && { env: options.env }),
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line));
}
