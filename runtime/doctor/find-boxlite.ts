import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/**
 * Gives the absolute path of the `boxlite` to use: the one given by `--boxlite`, else the first on PATH.
 * @throws when there is none; the message says what to give.
 */
export async function findBoxlite(given: string | undefined, path = process.env.PATH ?? ''): Promise<string> {
  if (given !== undefined) {
    const file = resolve(given);
    if (await executable(file)) return file;
    throw new Error(`--boxlite ${given}: no executable file there; give the path of a boxlite binary`);
  }
  for (const dir of path.split(delimiter)) {
    const file = join(dir, 'boxlite');
    if (dir !== '' && (await executable(file))) return file;
  }
  throw new Error('no boxlite on PATH: install BoxLite, or give its binary with --boxlite FILE');
}

const executable = (file: string) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
