import { boxJson, plainSpec } from '../core/box.ts';
import { openRuntime } from '../core/open.ts';
import { alone, type Box, find, listed, ownerOf, stats } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import { readConsole } from '../home/records.ts';
import type { Backend } from './backend.ts';

/** The verbs on a home of this machine. Each loads its own part of the runtime: a process runs one of them. */
export async function localBackend(home: string): Promise<Backend> {
  const runtime = await openRuntime(home);
  const start = async (box: Box) => {
    const { startBox } = await import('../core/start.ts');
    await alone(box, () => startBox(runtime, box, 'detached'));
  };
  return {
    boxes: async () => listed(runtime).map(boxJson),
    box: async (typed) => {
      const box = find(runtime, typed);
      if (defect('read-starts-box')) await start(box);
      return boxJson(box.record);
    },
    create: async ({ name, volumes, ...rest }) => {
      const { checkName, createBox } = await import('../core/create.ts');
      const { localMounts, parseVolume } = await import('../core/volumes.ts');
      // No directory is made for a box that is not.
      checkName(runtime, name);
      const mounts = localMounts(volumes.map(parseVolume), home);
      const box = createBox(runtime, name, { ...plainSpec, ...rest, ...mounts });
      if (defect('create-boots')) await start(box);
      return box.record.id;
    },
    start: async (typed) => start(find(runtime, typed)),
    stop: async (typed) => {
      const { stopBox } = await import('../core/end.ts');
      await stopBox(runtime, find(runtime, typed));
    },
    remove: async (typed, force) => {
      const { remove } = await import('../core/end.ts');
      await remove(runtime, find(runtime, typed), force);
    },
    runAttached: async (id) => {
      const { runAttached } = await import('./local-stream.ts');
      return runAttached(runtime, find(runtime, id));
    },
    exec: async (typed, request) => {
      const box = find(runtime, typed);
      const { execAttached } = await import('./local-stream.ts');
      return execAttached(runtime, box, request, ownerOf(box));
    },
    spawn: async (typed, request) => {
      const box = find(runtime, typed);
      const { execDetached } = await import('./local-stream.ts');
      await execDetached(runtime, box, request);
    },
    read: async (typed, path) => {
      const box = find(runtime, typed);
      const { copyOut } = await import('../core/copy.ts');
      return copyOut(runtime, box, path, 'as found');
    },
    write: async (typed, path, entries) => {
      const box = find(runtime, typed);
      const { copyInto, shapeOf } = await import('../core/copy.ts');
      await copyInto(runtime, box, path, entries, 'as found', shapeOf(entries));
    },
    setPolicy: async (typed, direction, policy) => {
      const box = find(runtime, typed);
      const { setPolicy } = await import('../core/policy.ts');
      await setPolicy(runtime, box, direction, policy);
    },
    stats: async (typed) => stats(find(runtime, typed)),
    console: async (typed) => readConsole(home, find(runtime, typed).record),
    close: runtime.close,
  };
}
