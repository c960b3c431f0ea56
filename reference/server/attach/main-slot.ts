import { noResume } from '../../core/box.ts';
import { invalidState } from '../../core/fault.ts';
import { profile } from '../../core/profile.ts';
import { alone, type Box } from '../../core/runtime.ts';
import { bootVm, startBox } from '../../core/start.ts';
import { defect } from '../../defects/switch.ts';
import { type App, ownerOf, used } from '../app.ts';
import { pendingMain } from '../sessions/registry.ts';
import { claim, release, type Session } from '../sessions/session.ts';

/**
 * Takes the main session of a box for a client. A Configured box is booted for it, its command is not started
 * yet (contract 5.5).
 * @throws Fault invalid-state (at rest, or attached already), conflict (must not resume), or one of the boot.
 */
export function claimMain(app: App, box: Box): Promise<Session> {
  used(app, box);
  return alone(box, async () => {
    const session = mainOf(app, box);
    claim(session);
    try {
      if (session.process === null && !box.vm) await bootVm(app.runtime, box, ownerOf(box));
    } catch (error) {
      release(session);
      throw error;
    }
    if (defect('attach-runs-command')) await startBox(app.runtime, box, ownerOf(box));
    return session;
  });
}

function mainOf(app: App, box: Box): Session {
  const { id, status, spec } = box.record;
  if (status === 'configured') return pendingMain(app.registry, box);
  if (status === 'stopped' && !spec.autoResume && profile.deadlines) throw noResume(box.record);
  const session = app.registry.mains.get(id);
  if (status !== 'running' || !session) throw invalidState(`Cannot attach to box ${id}: it is ${status}`);
  return session;
}
