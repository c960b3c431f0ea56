import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Notes that the site of a defect was come past, as an empty file of its name in a directory. Several processes
 * note at once, and whoever looks removes the files between two programs.
 */
export const siteNoter =
  (dir: string) =>
  (site: string): void => {
    try {
      closeSync(openSync(join(dir, site), 'a'));
    } catch {
      // The directory goes before the last process does, and nobody looks any more then.
    }
  };
