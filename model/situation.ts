import type { Step } from '../program/step.ts';
import { findBox, findExec } from './lookup.ts';
import type { Box, World } from './world.ts';

const ofBox = (world: World, ref: string, box: Box | null): string => {
  if (box) return `${box.kind}/${box.status}`;
  if (ref === '?') return 'nameless';
  if (ref.startsWith('?')) return 'never-made';
  const known = world.boxes[ref];
  if (!known) return 'never-made';
  return known.status === 'removed' ? 'removed' : 'other-home';
};

const ofExec = (world: World, ref: string): string => {
  const exec = findExec(world, ref);
  if (!exec) return ref.startsWith('?') ? 'exec/never-made' : 'exec/gone';
  const slot = exec.attachedBy ? '+client' : '';
  return `exec/${exec.status}${slot}@${world.boxes[exec.box]?.status ?? 'none'}`;
};

function ofAttach(world: World, handle: string): string {
  const attach = world.attaches[handle];
  if (!attach) return 'att/none';
  const mode = attach.readonly ? '-ro' : '';
  const to =
    'exec' in attach.to ? ofExec(world, attach.to.exec) : `main@${world.boxes[attach.to.box]?.status}`;
  return `att/${attach.state}${mode}:${to}`;
}

/**
 * The condition of what a step is about, in one short stable word: coverage keys, signatures and the marks of
 * known divergences are written with it.
 */
export function situationOf(world: World, step: Step): string {
  switch (step.op) {
    case 'run':
    case 'foreground':
    case 'create':
      return creation(world, step);
    case 'start':
    case 'stop':
    case 'restart':
    case 'rm':
      return step.on.map((ref) => ofBox(world, ref, findBox(world, ref, step.via))).join('+');
    case 'wait':
    case 'signal':
    case 'kill':
    case 'resize':
    case 'attach':
      return ofExec(world, step.exec);
    case 'attach-main':
      return mainSituation(world, step.on);
    case 'send':
    case 'control':
    case 'read':
    case 'detach':
      return ofAttach(world, step.attach);
    case 'restart-server':
      return serverSituation(world);
    case 'list':
    case 'host-write':
    case 'host-read':
      return 'any';
    default:
      return ofBox(world, step.on, findBox(world, step.on, step.via));
  }
}

/** What a server leaves behind when it ends. */
function serverSituation(world: World): string {
  const boxes = Object.values(world.boxes).filter(({ home }) => home === 'server');
  const up = boxes.some(({ status }) => status === 'running') ? 'server/up' : 'server/at-rest';
  const execs = Object.values(world.execs).some(({ status }) => status === 'running') ? '+exec' : '';
  const clients = Object.values(world.attaches).some(({ state }) => state === 'open') ? '+client' : '';
  return up + execs + clients;
}

function mainSituation(world: World, ref: string): string {
  const box = findBox(world, ref, 'rest');
  return ofBox(world, ref, box) + (box?.mainAttachedBy ? '+client' : '');
}

function creation(world: World, step: Extract<Step, { op: 'run' | 'foreground' | 'create' }>): string {
  const main = 'main' in step && step.main ? `job:${step.main.do}` : 'sandbox';
  const mounts =
    'mounts' in step && step.mounts?.length
      ? `+${[...new Set(step.mounts.map(({ kind }) => kind))].sort().join(',')}`
      : '';
  const taken =
    step.name !== undefined &&
    Object.values(world.boxes).some((box) => box.name === step.name && box.status !== 'removed');
  return `${main}${mounts}${taken ? '+taken-name' : ''}`;
}
