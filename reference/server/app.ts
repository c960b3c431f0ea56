import type { Box, Runtime } from '../core/runtime.ts';
import type { Owner } from '../vm/port.ts';
import type { Session } from './sessions/session.ts';

/** Totals since the server began; they only grow. */
interface Totals {
  created: number;
  failed: number;
  stopped: number;
  commands: number;
  commandErrors: number;
}

/** What was executed in one box since the server began. */
export interface Usage {
  commands: number;
  errors: number;
}

/** What a running server knows. */
export interface App {
  runtime: Runtime;
  apiKey: string | undefined;
  /** Sessions of tenants by their id, and main sessions by their box. */
  tenants: Map<string, Session>;
  mains: Map<string, Session>;
  totals: Totals;
  /** By the id of a box; absent until its first command. */
  usage: Map<string, Usage>;
}

/** Counts a command, or with `failed` that the last one could not be started, in the totals and for its box. */
export function count(app: App, box: Box, failed: boolean): void {
  app.totals[failed ? 'commandErrors' : 'commands'] += 1;
  if (box.removed) return;
  const { commands, errors } = usageOf(app, box);
  const more = failed ? { commands, errors: errors + 1 } : { commands: commands + 1, errors };
  app.usage.set(box.record.id, more);
}

/** What was executed in a box so far. */
export const usageOf = (app: App, box: Box): Usage =>
  app.usage.get(box.record.id) ?? { commands: 0, errors: 0 };

/** Who owns a VM this server boots (contract 3.4). */
export const ownerOf = (box: Box): Owner => (box.record.spec.detached ? 'detached' : 'connection');
