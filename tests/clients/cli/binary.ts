import { accessSync, constants } from 'node:fs';
import { newestVersion } from '../../../domain/identity.ts';
import { labPaths } from '../../../lab/paths.ts';

/** Version of the real `boxlite` that is used as a client. */
export const version = newestVersion;

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
