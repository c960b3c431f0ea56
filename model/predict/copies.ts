import { utf8 } from '../../domain/bytes.ts';
import { deadlines } from '../../domain/deadlines.ts';
import { withoutDeadlines } from '../../domain/options.ts';
import type { Expect } from '../expect.ts';
import { allow, done, type Outcome, type Prediction, refuse, refused } from '../outcome.ts';
import { acrossRuns } from '../paths.ts';
import type { Profile } from '../profile.ts';
import type { Reason } from '../reasons.ts';
import { newBox } from '../situation.ts';
import { type Box, boxesOf, findBox, type Snapshot, type World, withBox, withNew } from '../world.ts';

/** A box whose disk is copied, read or put back. Copies exist over REST alone (contract 11.1). */
interface OfBox {
  readonly on: string;
}

/** One snapshot of it, by its name. */
interface OfSnapshot extends OfBox {
  readonly snapshot: string;
}

/** A box that is made of another one's disk. */
interface Copying {
  readonly as: string;
  readonly name?: string | undefined;
}

const nameOf = (box: Box, name: string): Snapshot | undefined =>
  box.snapshots.find((one) => one.name === name);

/** What no snapshot may be called (contract 11.1). */
const isBadName = (name: string): boolean =>
  name === '' || name.startsWith('.') || /[/\\]/u.test(name) || utf8(name).length > 255;

/** What the contract has for a box that is there and whose run surely goes on or is surely over. */
function ofBox(
  world: World,
  { on }: OfBox,
  profile: Profile,
  unknown: World,
  told: (box: Box) => Prediction | null,
): Prediction | null {
  if (!profile.copies) return null;
  const box = findBox(world, on, 'rest');
  if (!box) return refuse('unknown-box', unknown);
  return box.status === 'ending' || box.status === 'primed' ? null : told(box);
}

/**
 * What a copy of the disk of a box may be answered with: no copy is made of a box that has none, and one of a running
 * box may be refused (contract 11.2).
 */
function copied(box: Box, unchanged: World, deadlineMs: number, ...made: Outcome[]): Prediction {
  const [usual] = made;
  const none = refused('no-disk', unchanged);
  if (box.hasDisk === 'no' || !usual) return allow(deadlines.readMs, none);
  const others = [
    ...(box.hasDisk === 'maybe' ? [none] : []),
    ...(box.status === 'running' ? [refused('copy-of-running', unchanged)] : []),
  ];
  return allow(deadlineMs, ...(made as [Outcome, ...Outcome[]]), ...others);
}

type Disk = Pick<Box, 'disk' | 'directories' | 'runsOnDisk' | 'copy'>;

/**
 * The disk of a box at this instant. What the main command of a running box has counted may not have come to its disk
 * yet.
 */
const diskOf = (box: Box): Disk => {
  const isLive = box.status === 'running';
  return {
    disk: acrossRuns(box.disk),
    directories: box.directories,
    runsOnDisk: isLive ? null : box.runsOnDisk,
    copy: isLive ? 'live' : (box.copy ?? 'rest'),
  };
};

/** POST snapshots. */
export const predictSnapshot = (world: World, step: OfSnapshot, profile: Profile): Prediction | null => {
  const bad = isBadName(step.snapshot) ? [refused('snapshot-name', world)] : [];
  const known = ofBox(world, step, profile, world, (box) => {
    const taken = nameOf(box, step.snapshot) ? [refused('snapshot-taken', world)] : [];
    const none = box.hasDisk === 'yes' ? [] : [refused('no-disk', world)];
    const running = box.status === 'running' ? [refused('copy-of-running', world)] : [];
    const [first, ...others] = [...bad, ...taken];
    if (first) return allow(deadlines.readMs, first, ...others, ...none, ...running);
    const made: Snapshot = { name: step.snapshot, parent: box.head, pinned: false, ...diskOf(box) };
    const next = withBox(world, box.handle, { snapshots: [...box.snapshots, made], head: made.name });
    return copied(box, world, deadlines.copyMs, done('snapshot', next));
  });
  return known && allow(known.deadlineMs, ...known.outcomes, ...bad);
};

/** GET snapshots. */
export const predictSnapshots = (world: World, step: OfBox, profile: Profile): Prediction | null =>
  ofBox(world, step, profile, world, ({ snapshots }) => {
    const names = snapshots.map(({ name }) => name).sort();
    return allow(deadlines.readMs, done('listed', world, bytes(names.map((name) => `${name}\n`).join(''))));
  });

const bytes = (text: string): Expect => ({ is: 'bytes', data: { exactly: utf8(text) } });

/** A snapshot that is named in a route; the empty name would be another route. */
const ofSnapshot = (
  world: World,
  step: OfSnapshot,
  profile: Profile,
  told: (box: Box, snapshot: Snapshot) => Prediction,
  alsoUnknown: (box: Box) => Outcome[] = () => [],
): Prediction | null =>
  step.snapshot === ''
    ? null
    : ofBox(world, step, profile, world, (box) => {
        const found = nameOf(box, step.snapshot);
        if (found) return told(box, found);
        const bad = isBadName(step.snapshot) ? [refused('snapshot-name', world)] : [];
        return allow(deadlines.readMs, refused('unknown-snapshot', world), ...bad, ...alsoUnknown(box));
      });

/** GET one snapshot. */
export const predictSnapshotGet = (world: World, step: OfSnapshot, profile: Profile): Prediction | null =>
  ofSnapshot(world, step, profile, (_, { name }) =>
    allow(deadlines.readMs, done('shown', world, bytes(name))),
  );

/** POST restore: exactly that disk is the box's again; snapshots taken later stay (contract 11.3). */
export function predictRestore(world: World, step: OfSnapshot, profile: Profile): Prediction | null {
  const running = ({ status }: Box): Outcome[] =>
    status === 'running' ? [refused('restore-of-running', world)] : [];
  const restored = (box: Box, { name, parent: _, pinned: __, ...disk }: Snapshot): Prediction => {
    const [up] = running(box);
    const next = withBox(world, box.handle, { ...disk, modes: {}, head: name });
    return up ? allow(deadlines.readMs, up) : allow(deadlines.copyMs, done('restored', next));
  };
  return ofSnapshot(world, step, profile, restored, running);
}

/** DELETE snapshot: not as long as a disk stands on it (contract 11.4). */
export const predictSnapshotDelete = (world: World, step: OfSnapshot, profile: Profile): Prediction | null =>
  ofSnapshot(world, step, profile, (box, snapshot) => {
    if (isStoodOn(box, snapshot)) return refuse('snapshot-in-use', world, deadlines.copyMs);
    const snapshots = box.snapshots.filter((one) => one !== snapshot);
    return allow(deadlines.copyMs, done('deleted', withBox(world, box.handle, { snapshots })));
  });

const isStoodOn = ({ head, snapshots }: Box, { name, pinned }: Snapshot): boolean =>
  pinned || head === name || snapshots.some(({ parent }) => parent === name);

/** The snapshots that the disk of a box stands on, the latest first. */
function chainOf({ head, snapshots }: Box): string[] {
  const found = snapshots.find(({ name }) => name === head);
  return found ? [found.name, ...chainOf({ head: found.parent, snapshots } as Box)] : [];
}

/** The world with a box that was made of another one, at rest and with a past of its own (contract 11.3). */
function withCopy(world: World, step: Copying, of: Box, source: string | null): World {
  const { kind, main, tty } = of;
  // Whether a copy of a box that ends with its owner does so too is not said.
  const fresh = newBox({ ...step, via: 'rest' }, of.detached === true || 'unsaid');
  const box: Box = {
    ...fresh,
    kind,
    main,
    tty,
    options: withoutDeadlines(of.options),
    policy: of.policy,
    ...diskOf(of),
    hasDisk: 'yes',
    status: 'stopped',
    source,
  };
  return withNew(world, 'boxes', box);
}

/** The box that comes to be, as it is told. */
const copyShown = ({ as, name = undefined }: Copying): Expect => ({
  is: 'done',
  box: { handle: as, name: name ?? null, states: [{ status: 'stopped', code: null }] },
});

/** Nothing comes to be; the handle stands for a box that never was. */
const withoutCopy = (world: World, step: Copying): World =>
  withNew(world, 'boxes', { ...newBox({ ...step, via: 'rest' }, true), status: 'removed' });

const isTaken = (world: World, { name }: Copying): boolean =>
  name !== undefined && boxesOf(world, 'server').some((box) => box.name === name);

/** POST clone: the disks that the clone stands on stay (contract 11.4). */
export function predictClone(world: World, step: Copying & OfBox, profile: Profile): Prediction | null {
  const gone = withoutCopy(world, step);
  return ofBox(world, step, profile, gone, (box) => {
    if (isTaken(world, step)) {
      const others: Reason[] = [
        ...(box.hasDisk === 'yes' ? [] : (['no-disk'] as const)),
        ...(box.status === 'running' ? (['copy-of-running'] as const) : []),
      ];
      return allow(
        deadlines.copyMs,
        refused('copy-name-taken', gone),
        ...others.map((why) => refused(why, gone)),
      );
    }
    const chain = chainOf(box);
    const pin = (one: Snapshot): Snapshot => (chain.includes(one.name) ? { ...one, pinned: true } : one);
    const pinned = withBox(world, box.handle, { snapshots: box.snapshots.map(pin) });
    const next = withCopy(pinned, step, box, box.handle);
    return copied(box, gone, deadlines.copyMs, done('cloned', next, copyShown(step)));
  });
}

/** POST export: an archive with a manifest and a disk (contract 11.3). */
export const predictExport = (world: World, step: OfBox, profile: Profile): Prediction | null =>
  ofBox(world, step, profile, world, (box) =>
    copied(box, world, deadlines.exportMs, done('exported', world, bytes('disk.qcow2\nmanifest.json\n'))),
  );

/** An import of an archive that is exported in the same step, or of something else. */
export interface Import extends Copying {
  readonly on?: string | undefined;
  readonly flaw?: string | undefined;
}

/**
 * POST import (contract 11.3): an archive that names a directory of the server's host is refused, and which image the
 * boxes have the target knows.
 */
export function predictImport(world: World, step: Import, profile: Profile): Prediction | null {
  if (!profile.copies) return null;
  const gone = withoutCopy(world, step);
  const taken = isTaken(world, step) ? [refused('copy-name-taken', gone)] : [];
  const bad = allow(deadlines.exportMs, refused('bad-archive', gone), ...taken);
  if (step.on === undefined) return step.flaw === undefined ? null : bad;
  return ofBox(world, { on: step.on }, profile, gone, (box) => {
    const [usual, ...others] =
      step.flaw === undefined ? imported(world, step, box, gone, taken) : bad.outcomes;
    return copied(box, gone, deadlines.exportMs, ...(usual ? [usual, ...others] : []));
  });
}

function imported(world: World, step: Import, box: Box, gone: World, taken: Outcome[]): Outcome[] {
  const untrusted = refused('archive-untrusted', gone);
  if (taken.length > 0) return [...taken, untrusted];
  return [done('imported', withCopy(world, step, box, null), copyShown(step)), untrusted];
}
