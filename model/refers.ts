import type { By, Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';
import { type Home, homeOf, type World } from './world.ts';

/**
 * What a step does in the first place, where it is not refused. `creates`: a box is stored, nothing runs. `boots`: a VM
 * boots. `enters`: something is put into a box, which boots it where it may. `primes`: a client comes to the main
 * session, which boots a box that never ran. `leaves`: that client goes. `looks` at one thing, `lists` all boxes,
 * `settles`: waits for the end of a main command. `renews` the server.
 */
export type Effect =
  | 'creates'
  | 'boots'
  | 'enters'
  | 'primes'
  | 'stops'
  | 'removes'
  | 'changes'
  | 'leaves'
  | 'looks'
  | 'lists'
  | 'settles'
  | 'renews';

/** The fields by which a step of any verb says what it is about; each verb has some of them. */
export interface Refers {
  readonly op: string;
  readonly via?: Surface | undefined;
  readonly as?: string | undefined;
  readonly on?: string | readonly string[] | undefined;
  readonly by?: By | undefined;
  readonly exec?: string | undefined;
  readonly attach?: string | undefined;
  readonly name?: string | undefined;
  readonly main?: Work | undefined;
  readonly work?: Work | undefined;
  readonly tty?: boolean | undefined;
}

/** The surface a step goes through; executions and attaches exist over REST only, `-` is no surface at all. */
export const surfaceOf = ({ via, on, exec, attach }: Refers): Surface | '-' =>
  via ?? (on === undefined && exec === undefined && attach === undefined ? '-' : 'rest');

/** The home a step works on. */
export const homeOfStep = ({ via = 'rest' }: Refers): Home => homeOf(via);

/** Boxes a step names, or reaches through an execution or attach; text that names none is among them. */
export function boxesMeant(world: World, { on, exec, attach }: Refers): string[] {
  if (on !== undefined) return [on].flat();
  const to = exec !== undefined ? { exec } : attach === undefined ? undefined : world.attaches[attach]?.to;
  if (!to) return [];
  return 'box' in to ? [to.box] : [world.execs[to.exec]?.box ?? []].flat();
}

/** Where boxcheck itself removes a box: REST and --url take turns, so that both ways of removal are used. */
export function removalSurface(handle: string, home: Home): Surface {
  if (home === 'local') return 'cli';
  if (home === 'sdk') return 'local-sdk';
  return Number(handle.slice('box'.length)) % 2 === 1 ? 'rest' : 'url';
}
