import type { Runtime } from '../core/runtime.ts';
import type { App } from './app.ts';
import { newRegistry } from './sessions/registry.ts';
import { boxEnded, boxRemoved, mainFailed, mainStarted } from './sessions/watch.ts';

/** A server on an opened home; main commands that are alive are followed at once. */
export async function newApp(runtime: Runtime, apiKey: string | undefined): Promise<App> {
  const totals = { created: 0, failed: 0, stopped: 0, commands: 0, commandErrors: 0 };
  const app: App = {
    runtime,
    apiKey,
    registry: newRegistry(),
    totals,
    usage: new Map(),
    usedAtMs: new Map(),
  };
  runtime.watcher = {
    mainStarted: (box, process) => mainStarted(app, box, process),
    mainFailed: (box, message) => mainFailed(app, box, message),
    vmEnded: (box) => boxEnded(app, box),
    removed: (box) => boxRemoved(app, box),
  };
  for (const box of runtime.boxes.values()) if (box.vm?.main) await mainStarted(app, box, box.vm.main);
  return app;
}
