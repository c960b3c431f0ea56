import type { Wanted } from './build/index.ts';
import { DEFAULT_VERSION } from './limits.ts';

/** What `openLab` and the console commands take. */
export interface LabOptions {
  /** BoxLite to build and run; ignored with `boxlite`. */
  version?: string | undefined;
  /** A binary to use instead of building one. */
  boxlite?: string | undefined;
  cacheDir?: string | undefined;
}

/** What is wanted, from options. */
export const wantedOf = (options: LabOptions): Wanted =>
  options.boxlite === undefined
    ? { version: options.version ?? DEFAULT_VERSION }
    : { binary: options.boxlite };
