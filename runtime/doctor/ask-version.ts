import type { Launch } from '../drivers/launch.ts';
import { readable } from '../normal-form/text.ts';

/** A version is printed at once; a slow disk may have to load a binary of 100 MB first. */
const VERSION_MS = 20_000;

/**
 * Asks a binary for its version: the `0.10.7` of `boxlite 0.10.7`.
 * @throws when it cannot be started, or is no boxlite; the message names the file.
 */
export async function askVersion(launch: Launch, file: string): Promise<string> {
  const answer = await launch(['--version'], { timeoutMs: VERSION_MS });
  const line = readable(answer.out).trim();
  const version = /^boxlite (\d+\.\d+\.\d+\S*)$/.exec(line)?.[1];
  if (version !== undefined && answer.exit === 0) return version;
  const said = answer.timedOut ? `nothing within ${VERSION_MS} ms` : JSON.stringify(line.slice(0, 80));
  throw new Error(
    `${file} is no boxlite: '--version' should print 'boxlite X.Y.Z', it printed ${said} (exit ${answer.exit})`,
  );
}
