import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import { GUEST_BOXLITE, type Lab } from '../../../lab/index.ts';
import { type Launch, type LaunchOptions, localLaunch } from '../../drivers/launch.ts';
import { onTerminal } from '../../drivers/on-terminal.ts';
import type { CliAnswer } from '../../ports/session.ts';

/** The guest's helper that runs, remembers and kills; see lab/guest/launch.pl. */
const HELPER = '/opt/boxcheck/launch';
/** Asking the helper something. */
const HELPER_MS = 30_000;
/** Codes up to here can only be the program's own: ssh's is 255, and a death by signal shows as 128 + k. */
const PLAIN_MAX = 128;

/**
 * Launches the `boxlite` of the guest over ssh: arguments and bytes arrive as they are, the exit code is the
 * program's, and at the deadline or an abort the program in the guest is killed, not only ssh.
 * Rejects with an InfrastructureError when ssh loses the guest: that is no answer of the program.
 */
export function labLaunch(
  lab: Pick<Lab, 'sshArgv' | 'run'>,
  { helper = HELPER, program = GUEST_BOXLITE } = {},
): Launch {
  return async (args, { terminal, ...options }) => {
    const id = randomUUID();
    const words = onTerminal([program, ...args], terminal);
    const argv = [helper, id, ...assignments(options.env), '--', ...words];
    const answer = await overSsh(lab.sshArgv(argv), options);
    // A signal to ssh came from here: the program wrote more than anybody keeps.
    if (answer.timedOut || options.signal?.aborted || answer.signal !== null) {
      await lab.run([helper, '--kill', id], { timeoutMs: HELPER_MS });
      return { ...answer, args, exit: null, signal: 'SIGKILL' };
    }
    if (answer.exit !== null && answer.exit <= PLAIN_MAX) return { ...answer, args };
    return { ...answer, args, ...(await trueEnd(lab, [helper, '--end', id], answer)) };
  };
}

const assignments = (env: Record<string, string> = {}) =>
  Object.entries(env).map(([name, value]) => `${name}=${value}`);

async function overSsh(argv: string[], options: LaunchOptions): Promise<CliAnswer> {
  const [file = '', ...prefixArgs] = argv;
  // The environment went into the command line: ssh itself needs none of it.
  return localLaunch({ file, prefixArgs })([], { ...options, env: {} });
}

/** Says how the program ended where ssh's own exit code does not tell. */
async function trueEnd(
  lab: Pick<Lab, 'run'>,
  ask: string[],
  answer: CliAnswer,
): Promise<Pick<CliAnswer, 'exit' | 'signal'>> {
  const noted = await lab.run(ask, { timeoutMs: HELPER_MS });
  const end = parseEnd(noted.out.toString());
  if (end !== null) return end;
  throw new InfrastructureError(
    `ssh lost the lab during a command (exit ${answer.exit ?? answer.signal}): ${answer.err.trim().slice(0, 500)}`,
  );
}

/** Says what the helper noted: `CODE SIGNAL`, one of them 0. null: it noted nothing, so the program never ended. */
export function parseEnd(text: string): Pick<CliAnswer, 'exit' | 'signal'> | null {
  const match = /^(\d+) (\d+)$/.exec(text.trim());
  if (!match) return null;
  const signal = Number(match[2]);
  return signal === 0 ? { exit: Number(match[1]), signal: null } : { exit: null, signal: signalName(signal) };
}

const signalName = (number: number) =>
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `SIG${number}`;
