import type { Mount } from '../domain/mount.ts';
import type { By, Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';
import { mountsAsked } from './mounts.ts';
import { type Attach, type Box, type Exec, homeOf } from './world.ts';

/** What every step that makes a box may ask for. */
export interface Creating {
  readonly via: Surface;
  readonly as: string;
  readonly name?: string | undefined;
  readonly main?: Work | undefined;
  readonly mounts?: readonly Mount[] | undefined;
}

/** The box a step asks for, configured and without volumes. Its handle is taken even when nothing comes to be. */
export const newBox = (step: Creating, detached: boolean): Box => ({
  handle: step.as,
  home: homeOf(step.via),
  name: step.name ?? null,
  kind: step.main ? 'job' : 'sandbox',
  main: step.main ?? null,
  detached,
  status: 'configured',
  code: null,
  runs: 0,
  disk: {},
  directories: [],
  mounts: [],
  asked: mountsAsked(step),
  out: '',
  err: '',
  attachedBy: null,
  draining: false,
  adopted: false,
});

/** What a step that starts a process in a box asks for. */
interface Spawning {
  readonly as: string;
  readonly on: string;
  readonly by?: By | undefined;
  readonly work: Work;
}

/** The execution a step asks for, before it has written anything. */
export const newExec = (step: Spawning, status: Exec['status']): Exec => ({
  handle: step.as,
  box: step.on,
  by: step.by ?? 'id',
  work: step.work,
  status,
  codes: [],
  out: '',
  err: '',
  cut: false,
  stdinOpen: false,
  attachedBy: null,
  draining: false,
});

/** An attach that nothing can be done with: it was refused, or may not be there. */
export const closedAttach = (handle: string, to: Attach['to']): Attach => ({
  handle,
  to,
  readonly: false,
  state: 'closed',
  final: null,
  errors: [],
});
