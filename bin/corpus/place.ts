import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The corpus that comes with the suite. */
export const corpusDir = fileURLToPath(new URL('../../corpus/', import.meta.url));

/** Its seeds, with how long their programs are. */
export const defaultSeedsFile = join(corpusDir, 'seeds.json');
