import type { Mount } from '../domain/mount.ts';
import { type BoxOptions, optionsOf } from '../domain/options.ts';
import { type By, type Surface, spelledBy } from '../domain/surface.ts';
import type { Terminal } from '../domain/terminal.ts';
import type { Work } from '../domain/work.ts';
import { mountsAsked } from './mounts.ts';
import { type Attach, type Box, type Exec, findBox, findExec, homeOf, type World } from './world.ts';

/** What every step that makes a box may ask for. */
export interface Creating extends BoxOptions {
  readonly via: Surface;
  readonly as: string;
  readonly name?: string | undefined;
  readonly main?: Work | undefined;
  readonly mounts?: readonly Mount[] | undefined;
  readonly tty?: boolean | undefined;
  /** CLI only: that of the client. */
  readonly terminal?: Terminal | undefined;
  /** An SDK in local mode only: the box outlives the process that made it. */
  readonly detach?: boolean | undefined;
}

/** The box a step asks for, configured and without volumes. Its handle is taken even when nothing comes to be. */
export const newBox = (step: Creating, detached: Box['detached']): Box => ({
  handle: step.as,
  home: homeOf(step.via),
  name: step.name ?? null,
  kind: step.main ? 'job' : 'sandbox',
  main: step.main ?? null,
  tty: step.tty ?? false,
  options: optionsOf(step),
  policy: null,
  detached,
  status: 'configured',
  code: null,
  runs: 0,
  runsOnDisk: 0,
  hasDisk: 'no',
  copy: null,
  snapshots: [],
  head: null,
  source: null,
  disk: {},
  directories: [],
  modes: {},
  mounts: [],
  asked: mountsAsked(step),
  out: '',
  err: '',
  attachedBy: null,
  draining: false,
  adopted: false,
  serving: [],
});

/** What a step that starts a process in a box asks for. */
interface Spawning {
  readonly via?: Surface | undefined;
  readonly as: string;
  readonly on: string;
  readonly by?: By | undefined;
  readonly work: Work;
  readonly tty?: boolean | undefined;
}

/** The execution a step asks for, before it has written anything. */
export const newExec = (step: Spawning, status: Exec['status']): Exec => ({
  handle: step.as,
  box: step.on,
  by: spelledBy(step),
  run: 0,
  work: step.work,
  tty: step.tty ?? false,
  status,
  codes: [],
  out: '',
  err: '',
  cut: false,
  stdinOpen: false,
  attachedBy: null,
  draining: false,
  held: null,
});

/** An attach that nothing can be done with: it was refused, or may not be there. */
export const closedAttach = (handle: string, to: Attach['to']): Attach => ({
  handle,
  to,
  by: 'id',
  readonly: false,
  via: null,
  state: 'closed',
  final: null,
  errors: [],
});

/*
 * The condition of what a step is about, in one short stable word each: coverage keys, signatures and known
 * divergences are written with it. Each verb says which of these is its own.
 */

/** Of a box that a step names on a surface. */
export function ofBox(
  world: World,
  { on, via = 'rest' }: { readonly on: string; readonly via?: Surface },
): string {
  const box = findBox(world, on, via);
  if (box) return `${box.kind}/${box.status}${box.copy ? `~${box.copy}-copy` : ''}`;
  if (on === '?') return 'nameless';
  const known = world.boxes[on];
  if (on.startsWith('?') || !known) return 'never-made';
  return known.status === 'removed' ? 'removed' : 'other-home';
}

/** Of a box and one of its snapshots: whether there is one, and what it is a copy of. */
export function ofSnapshot(
  world: World,
  { on, snapshot }: { readonly on: string; readonly snapshot: string },
): string {
  const box = findBox(world, on, 'rest');
  const found = box?.snapshots.find(({ name }) => name === snapshot);
  return `${ofBox(world, { on, via: 'rest' })}${box ? `:${found ? `${found.copy}-snapshot` : 'no-snapshot'}` : ''}`;
}

/** Of each of several boxes. */
export const ofBoxes = (
  world: World,
  { on, via }: { readonly on: readonly string[]; readonly via: Surface },
): string => on.map((ref) => ofBox(world, { on: ref, via })).join('+');

/** Of the main session of a box, which exists over REST alone. */
export function ofMain(world: World, { on }: { readonly on: string }): string {
  const box = findBox(world, on, 'rest');
  return ofBox(world, { on, via: 'rest' }) + (box?.attachedBy ? '+client' : '');
}

/** Of an execution. */
export function ofExec(world: World, { exec: ref }: { readonly exec: string }): string {
  const exec = findExec(world, ref);
  if (!exec) {
    const box = world.boxes[world.execs[ref]?.box ?? ''];
    if (box?.status === 'removed') return 'exec/gone@removed';
    return ref.startsWith('?') ? 'exec/never-made' : 'exec/gone';
  }
  const slot = exec.attachedBy ? '+client' : '';
  return `exec/${exec.status}${slot}@${world.boxes[exec.box]?.status ?? 'none'}`;
}

/** Of an attach and what it is to. */
export function ofAttach(world: World, { attach: handle }: { readonly attach: string }): string {
  const attach = world.attaches[handle];
  if (!attach) return 'att/none';
  const mode = attach.readonly ? '-ro' : '';
  const to = 'exec' in attach.to ? ofExec(world, attach.to) : `main@${world.boxes[attach.to.box]?.status}`;
  return `att/${attach.state}${mode}:${to}`;
}

/** Of a box that is to be made. */
export function ofCreation(world: World, { main, mounts, name }: Creating): string {
  const kind = main ? `job:${main.do}` : 'sandbox';
  const volumes = mounts?.length
    ? `+${[...new Set(mounts.map((mount) => mount.kind))].sort().join(',')}`
    : '';
  const taken =
    name !== undefined &&
    Object.values(world.boxes).some((box) => box.name === name && box.status !== 'removed');
  return `${kind}${volumes}${taken ? '+taken-name' : ''}`;
}

/** Of a server: what it leaves behind when it ends. */
export function ofServer(world: World): string {
  const boxes = Object.values(world.boxes).filter(({ home }) => home === 'server');
  const up = boxes.some(({ status }) => status === 'running') ? 'server/up' : 'server/at-rest';
  const execs = Object.values(world.execs).some(({ status }) => status === 'running') ? '+exec' : '';
  const clients = Object.values(world.attaches).some(({ state }) => state === 'open') ? '+client' : '';
  return up + execs + clients;
}

/** Of a step to which no condition makes a difference. */
export const ofNothing = (): string => 'any';
