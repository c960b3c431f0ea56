import { setTimeout as pause } from 'node:timers/promises';
import { defect } from '../defects/switch.ts';
import { saveRecord } from '../home/records.ts';
import type { Hypervisor, Owner } from '../vm/port.ts';
import { type BoxRecord, guard } from './box.ts';
import { invalidArgument, invalidState, noSuchBox } from './fault.ts';

/** The VM of a box, from boot to power-off. */
export interface LiveVm {
  /** Process id inside the hypervisor of the main command; null until it was started. */
  main: string | null;
  /** Whether the main command has been seen to end; the VM may still be on its way down. */
  mainEnded: boolean;
  /** The main command is being started; an end that overtakes the answer waits here. */
  starting: boolean;
  early: { code: number | null } | null;
  /** Set once a stop or kill was asked for, so that an end without a code is not taken for a crash. */
  ending: boolean;
  /** Resolves when the VM is off and the record says so. */
  off: Promise<void>;
  markOff: () => void;
}

/** A box with what this process knows beyond its record. */
export interface Box {
  record: BoxRecord;
  vm: LiveVm | null;
  removed: boolean;
  /** Orders everything that changes the state of the box (contract 8.6). */
  exclusive: Mutex;
}

/** What a server wants to be told about. */
interface Watcher {
  mainStarted?(box: Box, process: string): void | Promise<void>;
  mainFailed?(box: Box, message: string): void;
  vmEnded?(box: Box): void;
  removed?(box: Box): void;
}

/** One opened home. */
export interface Runtime {
  readonly home: string;
  readonly boxes: Map<string, Box>;
  /** Connected at the first use: most verbs never need a VM. */
  hypervisor(): Promise<Hypervisor>;
  /** Gives the home back; VMs that belong to this process are stopped by the hypervisor. */
  close(): Promise<void>;
  watcher: Watcher;
}

/** A box without a VM. */
export const idleBox = (record: BoxRecord): Box => ({
  record,
  vm: null,
  removed: false,
  exclusive: newMutex(),
});

/** A VM that has just come up. */
export function newLiveVm(main: string | null): LiveVm {
  const { promise: off, resolve: markOff } = Promise.withResolvers<void>();
  return { main, mainEnded: false, starting: false, early: null, ending: false, off, markOff };
}

/** Who owns a VM that is booted in passing: nobody when the box is detached, else this process (contract 3.4). */
export const ownerOf = (box: Box): Owner => (box.record.spec.detached ? 'detached' : 'connection');

/** Waits until a VM is off, but not for ever. */
export async function offWithin(vm: LiveVm | null, limitMs: number): Promise<void> {
  if (vm) await Promise.race([vm.off, pause(limitMs, undefined, { ref: false })]);
}

/** The box a typed text means; throws a not-found or ambiguity fault. */
export function find(runtime: Runtime, typed: string): Box {
  const record = resolveBox(recordsOf(runtime), typed);
  const box = runtime.boxes.get(record.id);
  if (!box) throw noSuchBox(typed);
  return box;
}

/** All records, newest first. */
export const recordsOf = (runtime: Runtime): BoxRecord[] =>
  [...runtime.boxes.values()].map((box) => box.record).sort((a, b) => b.createdAtMs - a.createdAtMs);

/** The records a list shows, newest first. */
export function listed(runtime: Runtime): BoxRecord[] {
  const all = recordsOf(runtime);
  if (defect('sometimes-list-empty')) return [];
  const shown = all.filter(({ status }) => status !== 'configured' || !defect('list-omits-configured'));
  const said = defect('list-shows-stopped')
    ? shown.map((box) => ({ ...box, status: 'stopped' as const }))
    : shown;
  return said.length > 1 && defect('list-oldest-first') ? said.reverse() : said;
}

/**
 * A snapshot of what a running box uses. A resting one is never booted for it (contract 2.1).
 * @throws Fault invalid-state.
 */
export function stats(box: Box): Record<string, unknown> {
  const { record } = box;
  guard(record, 'metrics');
  if (record.status !== 'running')
    throw invalidState(`Cannot metrics box ${record.id}: it is ${record.status}`);
  return { cpu_percent: 0.1, memory_bytes: record.spec.memoryMib * 2 ** 18 };
}

/** Runs a task alone on a box; not found when the box went away while waiting. */
export const alone = <T>(box: Box, task: () => Promise<T>): Promise<T> =>
  box.exclusive(async () => {
    if (box.removed) throw noSuchBox(box.record.id);
    return task();
  });

/** Changes a record and writes it. */
export function update(runtime: Runtime, box: Box, change: Partial<BoxRecord>): void {
  Object.assign(box.record, change, { updatedAtMs: Math.max(Date.now(), box.record.createdAtMs) });
  if (!box.removed) saveRecord(runtime.home, box.record);
}

/**
 * The box a typed text means: exact id, then exact name, then unique prefix of an id (contract 0).
 * @throws Fault not-found, or invalid-argument when several ids begin with the text.
 */
export function resolveBox<Box extends Pick<BoxRecord, 'id' | 'name'>>(
  boxes: Iterable<Box>,
  typed: string,
): Box {
  const all = [...boxes];
  if (typed === '' && !defect('empty-text-matches')) throw noSuchBox(typed);
  const exact =
    all.find((box) => box.id === typed) ?? all.find((box) => box.name === typed && !defect('name-unknown'));
  if (exact) return exact;
  const matches = all.filter((box) => box.id.startsWith(typed) && !defect('prefix-unknown'));
  const [only] = matches;
  if (matches.length > 1 && !defect('prefix-ambiguity-unnoticed') && typed !== '')
    throw ambiguous(typed, matches);
  if (!only) throw noSuchBox(typed);
  return only;
}

const ambiguous = (typed: string, matches: Pick<BoxRecord, 'id'>[]) => {
  const ids = matches.map((box) => `"${box.id}"`).join(', ');
  return invalidArgument(`multiple boxes match prefix '${typed}': [${ids}]`);
};

/** Runs one task at a time, in the order they came. */
type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

/** A fresh lock; a task that fails does not disturb those behind it. */
export function newMutex(): Mutex {
  let tail: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = tail.then(task);
    tail = mine.catch(() => {});
    return mine;
  };
}
