import { deadlines } from '../../../domain/deadlines.ts';
import type { Identity } from '../../../domain/identity.ts';
import { removePath } from '../../../files/write.ts';
import { lookUntil } from '../../../machine/until.ts';
import { makeSession } from '../../drivers/make-session.ts';
import type { TargetOptions } from '../../ports/options.ts';
import type { Session } from '../../ports/session.ts';
import type { Target } from '../../ports/target.ts';
import { runsDir } from '../../runs/place.ts';
import { openRun } from '../../runs/run-record.ts';
import { type Home, homesOf, listBoxes } from '../homes.ts';
import { localHost } from '../local/host.ts';
import { settledBaseline } from '../settled.ts';
import { newLedger } from './ledger.ts';
import { type OwnBoxes, ourBaseline, reach, sweepOurs } from './own-boxes.ts';
import { type ExternalParts, partsOf } from './parts.ts';
import { recording } from './recording.ts';

const RECOVER_MS = 60_000;

/**
 * Opens a BoxLite somebody else runs: a server (`--url`), a home on this machine (`--boxlite`, `--home`), or both.
 *
 * Other people's boxes may live there. Nothing is touched but what this run made: every box whose id was told to
 * it in an answer to its own create or run, and every box with a name it gave without being told the id (a
 * foreground run that was cut off). A box that existed when the target was opened is never ours. What remains
 * possible: a foreground run without a name whose CLI died leaves a box that nobody removes.
 * @throws when neither is given, the server is dead or refuses the key, or the binary is no boxlite.
 */
export async function openExternalTarget(
  options: TargetOptions,
  log: (line: string) => void,
): Promise<Target> {
  const record = openRun(runsDir(options), 'external');
  const root = record.makeRoot();
  const end = () => {
    removePath(root);
    record.close();
  };
  try {
    const external = await partsOf(options, root);
    const open = (label: string) => makeSession({ ...external.parts, host: localHost(root, label) });
    const own = open('own');
    const preexisting = { local: await idsIn(own, 'local'), server: await idsIn(own, 'server') };
    const kept = preexisting.local.size + preexisting.server.size;
    if (kept > 0) log(`external: ${kept} boxes are there already; they are left alone`);
    return target(external, { own, ledger: newLedger(preexisting) }, open, end, log);
  } catch (error) {
    end();
    throw error;
  }
}

const idsIn = async (session: Session, home: Home): Promise<Set<string>> =>
  new Set(homesOf(session).includes(home) ? (await listBoxes(session, home)).map((box) => box.id) : []);

function target(
  external: ExternalParts,
  boxes: OwnBoxes,
  open: (label: string) => Session,
  end: () => void,
  log: (line: string) => void,
): Target {
  const identity: Identity = { target: 'external', version: external.version, details: external.details };
  const reachable = async () =>
    reach(boxes.own).then(
      () => true,
      () => false,
    );
  return {
    identity,
    session: async (label) => recording(open(label), boxes.ledger),
    baseline: (settled, deadlineMs = deadlines.goneMs) =>
      settledBaseline(() => ourBaseline(boxes), settled, deadlineMs),
    sweep: () => sweepOurs(boxes),
    heartbeat: () => reach(boxes.own),
    recover: async () => {
      await lookUntil(reachable, (yes) => yes, RECOVER_MS);
      await reach(boxes.own);
    },
    // They are on somebody else's machine, or below a home that is not ours to read.
    logs: async () => ({}),
    close: async () => {
      await sweepOurs(boxes).catch((error: Error) => log(`external: while closing: ${error.message}`));
      await boxes.own.dispose();
      end();
    },
  };
}
