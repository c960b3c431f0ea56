import { join } from 'node:path';
import type { Log } from '../../domain/log.ts';
import { compileCache } from '../../files/compile-cache.ts';
import { defaultCacheDir } from '../../lab/paths.ts';
import type { Target, TargetOptions } from '../ports/target.ts';
import { runsDir } from '../runs/record.ts';
import { openLocalTarget } from './local/target.ts';

/** The hypervisor daemon serves a whole home, not a box: it comes with the first and goes some time after the last. */
const DAEMON = /^process \S+ .*\/reference\/vm\/[^ ]*daemon/;

/** Serves calls of the CLI, whichever box they are about. */
const RESIDENT = /^process \S+ .*\/reference\/cli\/resident/;

/**
 * Opens the reference runtime that comes with the suite: quick, everywhere, with seeded defects on demand. It says
 * nothing about BoxLite.
 * @throws when it does not start.
 */
export async function openReferenceTarget(options: TargetOptions, log: Log): Promise<Target> {
  const { makeRootfs, referenceCommand, residentFile } = await import('../../reference/index.ts');
  const { file, args } = referenceCommand();
  const cache = compileCache(options.cacheDir ?? defaultCacheDir());
  const defects = (options.defects ?? []).join(',');
  return openLocalTarget({
    name: 'reference',
    command: { file, prefixArgs: args },
    ...(options.resident ? { resident: residentFile() } : {}),
    env: {
      ...(cache === null ? {} : { NODE_COMPILE_CACHE: cache }),
      ...(defects ? { BOXLITE_REF_DEFECTS: defects } : {}),
      ...(options.defectTrace ? { BOXLITE_REF_DEFECT_TRACE: options.defectTrace } : {}),
      ...(options.version ? { BOXLITE_REF_PROFILE: options.version } : {}),
    },
    image: (root) => ({ rootfs: makeRootfs(join(root, 'image')) }),
    deadlineFactor: 1,
    ignored: [DAEMON, RESIDENT],
    cacheDir: options.cacheDir,
    trial: false,
    details: {
      runtime: 'embedded reference, not BoxLite',
      ...(defects ? { defects } : {}),
      ...(options.resident ? { cli: 'resident' } : {}),
    },
    runsDir: runsDir(options),
    log,
  });
}
