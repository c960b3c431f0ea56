import { counted } from '../../../domain/counted.ts';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import type { Log } from '../../../domain/log.ts';
import type { BoxObservation } from '../../../domain/observation.ts';
import { removePath } from '../../../files/write.ts';
import { makeSession } from '../../drivers/make-session.ts';
import type { Session } from '../../ports/session.ts';
import type { Baseline, Target, TargetOptions } from '../../ports/target.ts';
import { openRun, runsDir, takeBoxes } from '../../runs/record.ts';
import { boxLine, emptyHome, type Home, homesOf, listBoxes } from '../homes.ts';
import { localHost } from '../local/host.ts';
import { checkMachine } from '../local/machine.ts';
import { settledBaseline, untilSound } from '../settled.ts';
import { isOurs, type Ledger, newLedger, recording } from './ledger.ts';
import { partsOf } from './parts.ts';

/** Asking a server for a sign of life. */
const ALIVE_MS = 10_000;

/**
 * Opens a BoxLite somebody else runs: a server (`--url`), a home on this machine (`--boxlite`, `--home`), or both.
 *
 * Other people's boxes may live there. Nothing is touched but what this run made: every box whose id was told to
 * it in an answer to its own create or run, and every box with a name it gave without being told the id (a
 * foreground run that was cut off). A box that existed when the target was opened is never ours. What remains
 * possible: a foreground run without a name whose CLI died leaves a box that nobody removes, and so does a run that is
 * killed before a box's id is told to it.
 * @throws when neither is given, the server is dead or refuses the key, or the binary is no boxlite.
 */
export async function openExternalTarget(options: TargetOptions, log: Log): Promise<Target> {
  const record = openRun(runsDir(options), 'external');
  const root = record.makeRoot();
  const end = () => {
    removePath(root);
    record.close();
  };
  try {
    const { parts, version, details } = await partsOf(options, root);
    const open = (label: string) => makeSession({ ...parts, host: localHost(root, label) });
    const own = open('own');
    const ledger = newLedger({ local: await idsIn(own, 'local'), server: await idsIn(own, 'server') });
    const places = placesOf(options);
    const keep = (home: Home) => record.keepBoxes(places[home], ledger.ids[home]);
    for (const home of homesOf(own)) adopt(ledger, home, takeBoxes(runsDir(options), places[home]));
    for (const home of homesOf(own)) keep(home);
    const sweep = () => sweepOurs(own, ledger).finally(() => homesOf(own).forEach(keep));
    for (const line of await sweep()) log(`external: left by a boxcheck that was killed: removed ${line}`);
    const kept = ledger.preexisting.local.size + ledger.preexisting.server.size;
    if (kept > 0) log(`external: ${counted(kept, 'box')} there already, left alone`);
    const heartbeat = async () => {
      await checkMachine(root);
      await reach(own);
    };
    return {
      identity: { target: 'external', version, details },
      session: async (label) => recording(open(label), ledger, keep),
      baseline: (...until) => settledBaseline(() => ourBaseline(own, ledger), ...until),
      sweep,
      isInfrastructure: (text) => /ECONNREFUSED|connection refused/i.test(text),
      heartbeat,
      recover: async () => {
        await untilSound(heartbeat);
        await sweep();
      },
      // They are on somebody else's machine, or below a home that is not ours to read.
      logs: async () => ({}),
      close: async () => {
        const told = (error: Error) =>
          log(`external: ${error.message}; what is left must be removed by hand`);
        await sweep().catch(told);
        await own.dispose();
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

/** Where each home is, in the words of a note: without what a URL may hold beside the address. */
const placesOf = ({ url, home }: TargetOptions): Record<Home, string> => {
  const { host, pathname } = new URL(url ?? 'http://nowhere');
  return { server: `server ${host}${pathname}`, local: `home ${home}` };
};

/** Makes boxes that a dead run left this run's own, as far as they are there. */
function adopt({ preexisting, ids }: Ledger, home: Home, left: readonly string[]): void {
  for (const id of left) if (preexisting[home].delete(id)) ids[home].add(id);
}

const idsIn = async (session: Session, home: Home): Promise<Set<string>> =>
  new Set(homesOf(session).includes(home) ? (await listBoxes(session, home)).map((box) => box.id) : []);

/** Gives the homes in which this run has made anything: only those are ever looked into. */
const usedHomes = (own: Session, { ids, names }: Ledger): Home[] =>
  homesOf(own).filter((home) => ids[home].size + names[home].size > 0);

const ourOnes = (ledger: Ledger, home: Home) => (box: BoxObservation) => isOurs(ledger, home, box);

/**
 * Gives one line a box of this run: all that can be seen of a runtime that others use. What has gone is forgotten.
 * @throws InfrastructureError when they cannot be listed.
 */
async function ourBaseline(own: Session, ledger: Ledger): Promise<Baseline> {
  const lines: string[] = [];
  for (const home of usedHomes(own, ledger)) {
    const boxes = await listBoxes(own, home).catch(asInfrastructure);
    const there = new Set(boxes.map((box) => box.id));
    ledger.ids[home] = ledger.ids[home].intersection(there);
    lines.push(...boxes.filter(ourOnes(ledger, home)).map((box) => boxLine(home, box.id)));
  }
  return lines.sort();
}

const asInfrastructure = (error: Error): never => {
  throw new InfrastructureError(error.message, { cause: error });
};

/**
 * Removes the boxes of this run, and nothing else.
 * @throws InfrastructureError naming those that stay.
 */
async function sweepOurs(own: Session, ledger: Ledger): Promise<string[]> {
  const removed: string[] = [];
  for (const home of usedHomes(own, ledger)) {
    const lines = emptyHome(own, home, ourOnes(ledger, home));
    removed.push(...(await lines.catch(asInfrastructure)));
    ledger.ids[home].clear();
  }
  return removed;
}

/** What a proxy says where the server behind it is away. */
const AWAY = [502, 503, 504];

/**
 * Asks whether the runtime can be reached at all.
 * @throws InfrastructureError when not: somebody else's server that is gone is no finding of ours.
 */
async function reach(own: Session): Promise<void> {
  if (!own.surfaces.has('rest')) return;
  const answer = await own.rest({ method: 'GET', path: '/v1/config' }, { timeoutMs: ALIVE_MS });
  if (answer.status === 0) throw new InfrastructureError(`the server does not answer: ${answer.err}`);
  if (AWAY.includes(answer.status))
    throw new InfrastructureError(`the server is away: ${answer.status} from a proxy before it`);
}
