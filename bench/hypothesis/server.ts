import { join } from 'node:path';
import { removePath } from '../../machine/files.ts';
import type { DefectName } from '../../reference/defects.ts';
import { referenceCommand } from '../../reference/index.ts';
import { makeRootfs } from '../../reference/rootfs.ts';
import { runsDir } from '../../runtime/runs/place.ts';
import { baselineOf, forceAway } from '../../runtime/targets/local/leftovers.ts';
import { endServe, ensureServe, makeLocalRuntime } from '../../runtime/targets/local/local-runtime.ts';
import type { LocalSetup } from '../../runtime/targets/local/setup.ts';

/** A reference server that somebody else may drive. */
export interface Server {
  /** What the driver is told through its environment. */
  readonly env: Record<string, string>;
  /** Ends everything it started. */
  close(): Promise<void>;
}

/** Starts a reference server with the given defect and nothing in its home. */
export async function openServer(defect: DefectName, log: (line: string) => void): Promise<Server> {
  const { file, args } = referenceCommand();
  const setup: LocalSetup = {
    name: 'reference',
    command: { file, prefixArgs: args },
    env: { BOXLITE_REF_DEFECTS: defect },
    image: (root) => ({ rootfs: makeRootfs(join(root, 'image')) }),
    deadlineFactor: 1,
    ignored: [],
    trial: false,
    details: { defects: defect },
    runsDir: runsDir({}),
    log,
  };
  const localRuntime = makeLocalRuntime(setup);
  const rootfs = makeRootfs(join(localRuntime.root, 'image'));
  const initial = baselineOf(localRuntime);
  const close = async (): Promise<void> => {
    await endServe(localRuntime);
    await forceAway({ ...localRuntime, setup: { ...setup, deadlineFactor: 0 } }, initial);
    removePath(localRuntime.root);
    localRuntime.record.close();
  };
  try {
    const { baseUrl } = await ensureServe(localRuntime);
    return { env: { BENCH_URL: baseUrl, BENCH_KEY: localRuntime.apiKey, BENCH_ROOTFS: rootfs }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
