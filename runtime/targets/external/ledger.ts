import type { CliAnswer, RestAnswer, SdkAnswer, SdkRequest, Session } from '../../ports/session.ts';
import type { Home } from '../homes.ts';

/** A Ledger says which boxes of a runtime that others use too were made by this run. */
export interface Ledger {
  /** Ids somebody had before this run began. */
  readonly preexisting: Readonly<Record<Home, Set<string>>>;
  readonly ids: Record<Home, Set<string>>;
  /** Names this run gave to boxes whose ids it was not told. */
  readonly names: Record<Home, Set<string>>;
}

/** A ledger of a program that has made nothing yet. */
export const newLedger = (preexisting: Ledger['preexisting']): Ledger => ({
  preexisting,
  ids: { local: new Set(), server: new Set() },
  names: { local: new Set(), server: new Set() },
});

const ID = /^[0-9A-Za-z]{12}$/;

/** Says how the CLI mentions a foreground run's box on stderr: in its closing notice, or in a warning. */
const NOTICED = /\[boxlite\] .*\bid=([0-9A-Za-z]{12})\b|\bbox_id="([0-9A-Za-z]{12})"/;

/** Enters what a CLI call made. A name counts only when the call was not refused because it was taken. */
export function noteCli(ledger: Ledger, home: Home, answer: CliAnswer): void {
  const verb = answer.args[0];
  if (verb !== 'run' && verb !== 'create') return;
  const printed = answer.out.trim();
  const [, notice, warning] = NOTICED.exec(answer.err) ?? [];
  const noticed = notice ?? warning;
  const id = ID.test(printed) ? printed : noticed;
  const name = valueAfter(answer.args, '--name');
  if (id !== undefined) ledger.ids[home].add(id);
  else if (name !== undefined && !answer.err.includes('already exists')) ledger.names[home].add(name);
}

/** Routes that make a box: those of new ones, of copies and of archives (contract 4.4, 11.1). */
const MAKES = /^\/v1\/boxes(?:\/?|\/import(?:\?.*)?|\/[^/]+\/clone)$/;

/** Enters what a POST to a route that makes a box made. */
export function noteRest(ledger: Ledger, answer: RestAnswer): void {
  if (answer.method !== 'POST' || !MAKES.test(answer.path) || answer.status !== 201) return;
  const id = /"box_id"\s*:\s*"([0-9A-Za-z]{12})"/.exec(answer.body)?.[1];
  if (id !== undefined) ledger.ids.server.add(id);
}

/** Enters what an SDK made. */
export function noteSdk(ledger: Ledger, { method }: SdkRequest, { ok }: SdkAnswer): void {
  if (method === 'create' && ok) ledger.ids.server.add((ok as { id: string }).id);
}

/** Says whether a box is this run's: never one that was there before. */
export function isOurs(ledger: Ledger, home: Home, box: { id: string; name: string | null }): boolean {
  if (ledger.preexisting[home].has(box.id)) return false;
  return ledger.ids[home].has(box.id) || (box.name !== null && ledger.names[home].has(box.name));
}

/** Makes a session whose calls are entered in the ledger as they are answered; `keep` hears of it. */
export function recording(session: Session, ledger: Ledger, keep: (home: Home) => void): Session {
  return {
    ...session,
    cli: async (surface, args, options) => {
      const answer = await session.cli(surface, args, options);
      const home = surface === 'cli' ? 'local' : 'server';
      noteCli(ledger, home, answer);
      keep(home);
      return answer;
    },
    rest: async (request, options) => {
      const answer = await session.rest(request, options);
      noteRest(ledger, answer);
      keep('server');
      return answer;
    },
    sdk: (via) => {
      const client = session.sdk(via);
      return {
        ...client,
        call: async (request, options) => {
          const answer = await client.call(request, options);
          noteSdk(ledger, request, answer);
          keep('server');
          return answer;
        },
      };
    },
  };
}

function valueAfter(args: readonly string[], flag: string): string | undefined {
  const index = args.indexOf(flag);
  if (index >= 0) return args[index + 1];
  return args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}
