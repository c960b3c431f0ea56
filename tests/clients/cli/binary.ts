import { accessSync, constants } from 'node:fs';
import { DEFAULT_VERSION } from '../../../lab/limits.ts';
import { labPaths } from '../../../lab/paths.ts';

/** Version of the real `boxlite` that is used as a client. */
export const version = DEFAULT_VERSION;

/** The `boxlite` binary the lab is built around; null before the lab was built. */
export function realCli(): string | null {
  const file = labPaths().cli(version);
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return null;
  }
}
