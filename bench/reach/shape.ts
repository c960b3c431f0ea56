import type { Work } from '../../domain/work.ts';
import type { World } from '../../model/world.ts';

/** Work that stays until something is done about it; how it can be ended differs. */
const lasting = new Set<Work['do']>(['hold', 'gate', 'cat']);
const impossible = new Set<Work['do']>(['missing', 'directory']);

/** How a command goes on: all that end by themselves are alike. */
export function lifeOf(work: Work | null): string {
  if (!work) return 'shell';
  if (lasting.has(work.do)) return work.do;
  return impossible.has(work.do) ? 'impossible' : 'ends';
}

/**
 * What of a world decides how its one box can go on: everything but contents (files, output, codes) and what is
 * over for good. Two worlds of one shape are one state of the exploration.
 */
export function shapeOf(world: World): string {
  const boxes = Object.values(world.boxes).map(({ home, kind, main, status, mainAttachedBy, draining }) =>
    status === 'removed'
      ? status
      : [home, kind, lifeOf(main), status, mainAttachedBy !== null, draining].join(),
  );
  return [boxes, execShapes(world), attachShapes(world)].map((parts) => parts.join(';')).join(' ');
}

/** Executions that can still be asked for. */
export const livingExecs = (world: World) =>
  Object.values(world.execs).filter(
    ({ status, box }) => status !== 'gone' && world.boxes[box]?.status !== 'removed',
  );

/** Attaches that have not been closed by us. */
export const livingAttaches = (world: World) =>
  Object.values(world.attaches).filter(({ state }) => state !== 'closed');

const execShapes = (world: World): string[] =>
  livingExecs(world).map(({ work, status, attachedBy, draining, stdinOpen }) =>
    [
      status === 'completed' ? '' : `${lifeOf(work)} ${stdinOpen}`,
      status,
      attachedBy !== null,
      draining,
    ].join(),
  );

function attachShapes(world: World): string[] {
  const execs = livingExecs(world).map(({ handle }) => handle);
  return livingAttaches(world).map(({ state, readonly, to }) =>
    [state, readonly, 'exec' in to ? execs.indexOf(to.exec) : 'main'].join(),
  );
}
