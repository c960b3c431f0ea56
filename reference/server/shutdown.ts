import { stopBox } from '../core/end.ts';
import { update } from '../core/runtime.ts';
import { defect } from '../defects/switch.ts';
import type { App } from './app.ts';
import { unknownCode } from './sessions/feed.ts';
import { abandon, finish } from './sessions/session.ts';

/** Orderly end of a server: boxes it owns are stopped, every attached client gets an end (contract 3.5). */
export async function endAll(app: App): Promise<void> {
  const boxes = [...app.runtime.boxes.values()];
  const owned = boxes.filter(
    (box) => box.vm && (!box.record.spec.detached || defect('shutdown-stops-detached')),
  );
  for (const box of boxes)
    if (!box.vm && defect('codes-lost-at-shutdown')) update(app.runtime, box, { exitCode: null });
  await Promise.allSettled(owned.map((box) => stopBox(app.runtime, box)));
  for (const session of [...app.registry.tenants.values(), ...app.registry.mains.values()]) {
    if (session.box.vm) abandon(session, 'the server is shutting down');
    else finish(session, unknownCode);
  }
}
