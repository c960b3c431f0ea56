import type { StepOf } from '../program/step.ts';
import { homeOf } from './lookup.ts';
import { mountsAsked } from './mounts.ts';
import type { Box, Exec } from './world.ts';

/** A step that asks for a box. */
export type Creating = StepOf<'run'> | StepOf<'create'> | StepOf<'foreground'>;

/** The box a step asks for, configured and without volumes. Its handle is taken even when nothing comes to be. */
export const newBox = (step: Creating): Box => ({
  handle: step.as,
  home: homeOf(step.via),
  name: step.name ?? null,
  kind: step.main ? 'job' : 'sandbox',
  main: step.main ?? null,
  detached: step.op !== 'foreground',
  status: 'configured',
  code: null,
  runs: 0,
  disk: {},
  directories: [],
  mounts: [],
  asked: mountsAsked(step),
  out: '',
  err: '',
  mainAttachedBy: null,
  draining: false,
  adopted: false,
});

/** The execution a step asks for. */
export const newExec = (step: StepOf<'spawn'>, status: Exec['status']): Exec => ({
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
