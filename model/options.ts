import { type Bytes, utf8 } from '../domain/bytes.ts';
import { type BoxOptions, type ProcessOptions, users } from '../domain/options.ts';
import { variablesOf } from '../domain/variables.ts';
import type { Work } from '../domain/work.ts';
import { isOfProgram } from './paths.ts';
import type { Reason } from './reasons.ts';
import type { Box } from './world.ts';

/** The box as a process in it finds it: its own options hold over those of the box (contract 12.1). */
export function inForce(box: Box, { env = [], workdir, user }: ProcessOptions): Box {
  const own = { ...(workdir && { workdir }), ...(user && { user }) };
  return { ...box, options: { ...box.options, ...own, env: [...(box.options.env ?? []), ...env] } };
}

/** Names and values of the variables that a process has; the last of a name counts. */
export const variablesFor = ({ options }: Box): Record<Bytes, Bytes> =>
  Object.fromEntries(variablesOf(options.env).map(([key, value]) => [utf8(key), utf8(value)]));

/** Who a process runs as; null for a user that the image does not know. */
export const idsOf = ({ user = 'root' }: ProcessOptions) => users[user];

/** What only root can do in every image: its home is closed to others. */
const needsRoot: ReadonlySet<Work['do']> = new Set(['write', 'read', 'mode', 'runs', 'open', 'gate']);

/** Whether a process is root that is asked for in this way; the last one asked counts. */
const runsAsRoot = (asked: readonly ProcessOptions[]): boolean =>
  idsOf(asked.findLast(({ user }) => user !== undefined) ?? {})?.uid === 0;

/** Whether it can be told what a process does that is asked for in this way: of files of others, or of the image, nothing is. */
export function isTellable(work: Work | null | undefined, ...asked: readonly ProcessOptions[]): boolean {
  if (work && 'path' in work && !isOfProgram(work.path)) return false;
  // Of its owner and mode everything is told to root alone, whoever else the box is for.
  if (work?.do === 'mode' && runsAsRoot(asked)) return asked.every(({ workdir }) => workdir !== '/root');
  if (asked.every((options) => (idsOf(options) ?? users.root).uid === 0)) return true;
  return (
    !(work && (needsRoot.has(work.do) || work.do === 'caps' || work.do === 'self')) &&
    asked.every(({ workdir }) => workdir !== '/root')
  );
}

/** Why no process can be started in this way; null where one can. */
export function startRefusal(options: BoxOptions, box: 'main' | 'exec'): Reason | null {
  if (idsOf(options) === null) return `${box}-user`;
  return options.badWorkdir ? `${box}-workdir` : null;
}

/** Whether it is stopped and may not be booted by a step that needs it to run (contract 12.4). */
export const staysDown = ({ options, status }: Box): boolean =>
  options.autoResume === false && status === 'stopped';
