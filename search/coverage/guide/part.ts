import type { Work } from '../../../domain/work.ts';
import { startRefusal } from '../../../model/options.ts';
import type { Attach, Box, Exec, World } from '../../../model/world.ts';
import type { PossibleWorlds } from '../../worlds/possible-worlds.ts';

/**
 * What of a box is looked at: with its main session, or with an execution. Each alone has few conditions, so
 * that all of them can be known; together they would have thousands.
 */
export type Side = 'main' | 'exec';

/**
 * A world cut down to one box with one side of it: the latest attach to its main session, or the execution that
 * there is most to do with and the latest attach to that. Null where the box has no such side.
 */
export function partOf(world: World, handle: string, side: Side): World | null {
  const box = world.boxes[handle];
  if (!box) return null;
  const bare = { ...box, attachedBy: null, draining: false, disk: {}, mounts: [], snapshots: [], copy: null };
  if (side === 'exec') {
    const execs = Object.values(world.execs).filter((each) => each.box === handle);
    const exec = foremost(execs, execRank);
    if (!exec) return null;
    const attaches = attachesTo(world, ({ to }) => 'exec' in to && to.exec === exec.handle, exec.attachedBy);
    return { ...world, boxes: { [handle]: bare }, execs: { [exec.handle]: exec }, attaches };
  }
  const attaches = attachesTo(world, ({ to }) => 'box' in to && to.box === handle, box.attachedBy);
  return { ...world, boxes: { [handle]: box }, execs: {}, attaches };
}

const execRank = ({ status }: Exec): number => ['gone', 'completed', 'ending', 'running'].indexOf(status);
const attachRank = ({ state }: Attach): number => ['closed', 'ended', 'open'].indexOf(state);

/** The one that holds the slot, and of the others the one there is most to do with. */
function attachesTo(world: World, is: (attach: Attach) => boolean, holder: string | null): World['attaches'] {
  const all = Object.values(world.attaches).filter(is);
  const held = all.filter(({ handle }) => handle === holder);
  const other = foremost(
    all.filter(({ handle }) => handle !== holder),
    attachRank,
  );
  return Object.fromEntries([...held, ...(other ? [other] : [])].map((attach) => [attach.handle, attach]));
}

/** The one of the highest rank; of equals the latest. */
function foremost<T>(items: readonly T[], rank: (item: T) => number): T | undefined {
  let best: T | undefined;
  for (const item of items) if (best === undefined || rank(item) >= rank(best)) best = item;
  return best;
}

/** The same of every world that may be; worlds of which the same is left are one. Null where the first has no such side. */
export function partsOf(worlds: PossibleWorlds, handle: string, side: Side): PossibleWorlds | null {
  const [first, ...others] = worlds.map((world) => partOf(world, handle, side));
  if (!first) return null;
  const shapes = new Set([shapeOf(first)]);
  const unlike = others.filter((part): part is World => {
    if (part === null || shapes.has(shapeOf(part))) return false;
    shapes.add(shapeOf(part));
    return true;
  });
  return [first, ...unlike];
}

/**
 * What of a part decides what can be done there: all but handles and contents (files, output, codes, names).
 * Parts of one shape offer the same.
 */
export function shapeOf({ boxes, execs, attaches }: World): string {
  const shapes = [
    ...Object.values(boxes).map(shapeOfBox),
    ...Object.values(execs).map(shapeOfExec),
    ...Object.values(attaches).map(({ state, readonly }) => `${state}${readonly ? '-ro' : ''}`),
  ];
  return shapes.length === 0 ? 'nothing' : shapes.join(' ');
}

function shapeOfBox(box: Box): string {
  const { home, kind, main, options, status, name, attachedBy, disk, mounts, adopted } = box;
  if (status === 'removed') return `${home}/removed`;
  const life = startRefusal(options, 'main') ? 'impossible' : lifeOf(main);
  const slot = attachedBy === null ? '' : '+client';
  const server = adopted && status === 'running' ? '+adopted' : '';
  // One at a time: together they would only multiply the places.
  const files = Object.keys(disk).length > 0 ? '+files' : '';
  const down = options.autoResume === false ? '+stays-down' : '';
  const has =
    mounts.length > 0 ? '+mounts' : copiesOf(box) || down || files || (name === null ? '' : '+name');
  return `${home}/${kind}:${life}/${status}${slot}${server}${has}`;
}

/** What the disk is a copy of, and what copies of it there are. */
function copiesOf({ copy, snapshots }: Box): string {
  const kinds = [...new Set(snapshots.map((one) => one.copy))].sort();
  return `${copy ? `~${copy}` : ''}${kinds.map((kind) => `+${kind}-snapshot`).join('')}`;
}

const shapeOfExec = ({ work, status, attachedBy }: Exec): string =>
  `${status === 'running' || status === 'ending' ? lifeOf(work) : ''}/${status}${attachedBy === null ? '' : '+client'}`;

const lasting = new Set<Work['do']>(['hold', 'gate', 'cat']);
const impossible = new Set<Work['do']>(['missing', 'directory']);

/** How a command goes on: all that stay are alike, and all that end by themselves. */
export function lifeOf(work: Work | null): string {
  if (!work) return 'shell';
  if (lasting.has(work.do)) return 'stays';
  return impossible.has(work.do) ? 'impossible' : 'ends';
}
