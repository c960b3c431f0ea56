import { spoil } from '../defects/spoil.ts';
import { defect } from '../defects/switch.ts';
import { type BoxRecord, type BoxSpec, newBoxId, newContainerId } from './box.ts';
import { checkCapabilities } from './capabilities.ts';
import { invalidArgument } from './fault.ts';
import { checkPolicy } from './network.ts';
import { profile } from './profile.ts';
import { type Box, idleBox, type Runtime, update } from './runtime.ts';

/**
 * Stores a new box; nothing is booted or pulled (contract 2.3).
 * @param past of one that is made of another one's disk.
 * @throws Fault invalid-argument when the name is taken; no record is made then.
 */
export function createBox(
  runtime: Runtime,
  name: string | null,
  spec: BoxSpec,
  past: Partial<BoxRecord> = {},
): Box {
  checkPolicy(spec.network);
  checkSizes(spec);
  checkCapabilities(spec.capabilities);
  checkName(runtime, name);
  const createdAtMs = nextMoment(runtime);
  const record: BoxRecord = {
    id: newBoxId(),
    containerId: newContainerId(),
    name,
    spec,
    status: 'configured',
    runs: 0,
    exitCode: null,
    pid: null,
    vmOwner: null,
    createdAtMs,
    updatedAtMs: createdAtMs,
    restedAtMs: createdAtMs,
    snapshots: [],
    head: null,
    source: null,
    ...past,
  };
  const box = idleBox(record);
  update(runtime, box, {});
  runtime.boxes.set(record.id, box);
  return box;
}

/** Before 0.11.0 any number of processors was taken (contract 10). */
function checkSizes({ cpus }: BoxSpec): void {
  if (!profile.cpusChecked) return;
  if (cpus < 1 || cpus > 16) throw invalidArgument(`cpus must be between 1 and 16, got ${cpus}`);
}

/** Names are unique among the boxes of a home, whatever their state (contract 0). */
export function checkName(runtime: Runtime, name: string | null): void {
  if (name === null) return;
  const taken = [...runtime.boxes.values()].some((box) => box.record.name === name);
  if ((taken && !defect('any-name-accepted')) || spoil?.isKeptName(runtime.home, name))
    throw invalidArgument(`box with name '${name}' already exists`);
}

/** Boxes of one home differ in their time of creation, so that "newest first" is an order. */
function nextMoment(runtime: Runtime): number {
  const times = [...runtime.boxes.values()].map((box) => box.record.createdAtMs + 1);
  return Math.max(Date.now(), ...times);
}
