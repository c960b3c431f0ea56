import { invalidArgument, invalidState } from '../../core/fault.ts';
import { find } from '../../core/runtime.ts';
import { defect } from '../../defects/switch.ts';
import type { App } from '../app.ts';
import { allowedSignals, execBody, positive, signalNotAllowed } from '../bodies.ts';
import { jsonOf } from '../call.ts';
import { execute } from '../execute.ts';
import { created, noContent, ok, type Routes } from '../route.ts';
import { sessionOf } from '../sessions/registry.ts';
import { finish, type Session, sendSignal } from '../sessions/session.ts';

const lookUp = (app: App, box: string, execution: string): Session =>
  sessionOf(app, find(app.runtime, box), execution);

/** A GET that is no upgrade ends here. */
const upgradeOnly = () => invalidArgument('this route is a WebSocket; send an upgrade request');

/** Processes beside the main command, and where to attach. */
export const executionRoutes: Routes = {
  'boxes/*/exec': {
    POST: async (app, call, box) => {
      const body = execBody(await jsonOf(call));
      const session = await execute(app, box, body);
      return created({ execution_id: session.id });
    },
  },
  'boxes/*/attach': {
    GET: async ({ runtime }, _call, box) => {
      find(runtime, box);
      throw upgradeOnly();
    },
  },
  'boxes/*/executions/*': {
    GET: async (app, _call, box, execution) => {
      const session = lookUp(app, box, execution);
      if (session.exitCode === null) return ok({ execution_id: session.id, status: 'running' });
      return ok({ execution_id: session.id, status: 'completed', exit_code: session.exitCode });
    },
    // KILL, then forget: an attached client gets the exit and its end (contract 5.1).
    DELETE: async (app, _call, box, execution) => {
      const session = lookUp(app, box, execution);
      if (session.main) throw invalidState('the main session cannot be deleted; stop the box instead');
      if (session.endedAtMs === null) await sendSignal(app.runtime, session, 9).catch(() => {});
      finish(session, -9);
      if (!defect('killed-execution-kept')) app.tenants.delete(session.id);
      return noContent;
    },
  },
  'boxes/*/executions/*/signal': {
    POST: async (app, call, box, execution) => {
      const { signal } = await jsonOf(call);
      const session = lookUp(app, box, execution);
      if (typeof signal !== 'number' || !Number.isInteger(signal))
        throw invalidArgument("field 'signal' must be a number");
      if (!allowedSignals.includes(signal) && !defect('any-signal-allowed'))
        throw invalidArgument(signalNotAllowed(signal));
      if (session.endedAtMs !== null) throw invalidState(`execution ${session.id} has already completed`);
      await sendSignal(app.runtime, session, signal).catch(() => {});
      return noContent;
    },
  },
  'boxes/*/executions/*/resize': {
    POST: async (app, call, box, execution) => {
      const body = await jsonOf(call);
      lookUp(app, box, execution);
      // Nothing in a box of the reference looks at the size of its terminal.
      for (const side of ['rows', 'cols']) positive(body[side], side);
      return noContent;
    },
  },
  'boxes/*/executions/*/attach': {
    GET: async (app, _call, box, execution) => {
      lookUp(app, box, execution);
      throw upgradeOnly();
    },
  },
};
