import type { Bytes } from '../domain/bytes.ts';
import type { FileMode } from '../domain/file-mode.ts';
import type { Mount } from '../domain/mount.ts';
import type { Policy } from '../domain/network.ts';
import type { BoxOptions } from '../domain/options.ts';
import type { By, Sdk, Surface } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';
import { type Counts, nothingCounted } from './counts.ts';
import { type Home, homeOf } from './home.ts';

export { type Home, homeOf } from './home.ts';

/**
 * `primed`: a main attach has booted the VM of a configured box, its command is not started (contract 5.5).
 * `leaving`: it is being removed and will be seen once more. `unclear`: nothing can be said of it. Only known
 * divergences, and steps in a world in which the contract says nothing of them, lead there.
 * `ending`: the main command has ended or surely will by itself; the status word may lag (contract 7.1).
 */
type BoxStatus =
  | 'configured'
  | 'primed'
  | 'running'
  | 'ending'
  | 'stopped'
  | 'failed'
  | 'leaving'
  | 'unclear'
  | 'removed';

/** What is known of the code kept with a box. */
export type KeptCode = number | null | 'any';

/** The disk of a box at one instant (contract 11.3). */
export interface Snapshot extends Pick<Box, 'disk' | 'directories' | 'runsOnDisk' | 'copy'> {
  readonly name: string;
  /** The snapshot that the disk stood on; null: none. */
  readonly parent: string | null;
  /** A clone stands on it. */
  readonly pinned: boolean;
}

export interface Box {
  readonly handle: string;
  readonly home: Home;
  readonly name: string | null;
  /** `job`: the user's own command is init. `sandbox`: the image's default is. */
  readonly kind: 'job' | 'sandbox';
  readonly main: Work | null;
  readonly tty: boolean; // its main command has a terminal
  /** What was asked for it beside its command. */
  readonly options: BoxOptions;
  readonly policy: Policy | null; // what it was last told while it ran
  readonly detached: boolean | 'unsaid'; // whether it outlives who booted it
  readonly status: BoxStatus;
  /** The code kept with the box; null: none is shown; 'any': the contract leaves it open. In `ending` the one that will be shown. */
  readonly code: KeptCode;
  /** How often the main command was started. */
  readonly runs: number;
  /** How often it was started on the present disk, as the disk tells; null: the disk was copied while the box ran. */
  readonly runsOnDisk: number | null;
  /** A boot makes the disk; one that fails may have made it (contract 11.2). */
  readonly hasDisk: 'yes' | 'no' | 'maybe';
  /** Whether the disk is a copy, of one that was in use or of one at rest. */
  readonly copy: 'live' | 'rest' | null;
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
  /** The snapshot that was last made or restored (contract 11.4). */
  readonly head: string | null;
  /** The box that this one is a clone of. */
  readonly source: string | null;
  /** Files programs have written to the root disk, by path. */
  readonly disk: Readonly<Record<string, Bytes>>;
  /** Of files that were copied to where nothing was, by path. */
  readonly modes: Readonly<Record<string, FileMode>>;
  /** Paths of the root disk where a known divergence has made a directory in place of a file. */
  readonly directories: readonly string[];
  readonly mounts: readonly Mount[];
  /** Box paths of everything ever asked for, dropped and refused mounts too: what must stay hidden. */
  readonly asked: readonly string[];
  /** What the main command of the present (or last) run has written. */
  readonly out: Bytes;
  readonly err: Bytes;
  readonly attachedBy: string | null;
  /** Its VM was booted by a server that is gone; what a new main session replays of its output nobody promises. */
  readonly adopted: boolean;
  /** A client vanished without a Close: the slot may stay taken for a while (contract 7.9). */
  readonly draining: boolean;
  /** Ports that something in it has served since its run began. */
  readonly serving: readonly number[];
  /** The handle that an SDK in local mode holds of it is of a run that is over (contract 15.5). */
  readonly spent?: boolean;
}

/** Whether a run of the box goes on, or is about to end. */
export const isUp = ({ status }: Pick<Box, 'status'>): boolean => status === 'running' || status === 'ending';

export interface Exec {
  readonly handle: string;
  readonly box: string;
  /** How the box was spelled when it was made. All spellings mean the same (contract 0): only for known divergences. */
  readonly by: By;
  /** Number of the run of its box that it is, or was, in: only for known divergences. */
  readonly run: number;
  readonly work: Work;
  /** It has a terminal: one stream, with its line ends. */
  readonly tty: boolean;
  /**
   * `running`: until something is done about it. `ending`: it ends by itself, at any moment. `completed`: over
   * and retained. `gone`: forgotten, every route is 404.
   */
  readonly status: 'running' | 'ending' | 'completed' | 'gone';
  /** Exit codes the wire may show (contract 7.4 allows several for one cut off). */
  readonly codes: readonly number[];
  readonly out: Bytes;
  readonly err: Bytes;
  /** Cut off from outside: what it had written by then may be a prefix of `out` and `err`. */
  readonly cut: boolean;
  readonly stdinOpen: boolean;
  readonly attachedBy: string | null;
  /** As for a box's main session. */
  readonly draining: boolean;
  /** The SDK that started it and holds it, attached from the start; `read`: its streams, which are had once, were read. */
  readonly held: { readonly via: Sdk; readonly read: boolean } | null;
}

export interface Attach {
  readonly handle: string;
  readonly to: { readonly exec: string } | { readonly box: string; readonly run: number };
  /** How the box was spelled in it. All spellings mean the same (contract 0): only for known divergences. */
  readonly by: By;
  readonly readonly: boolean;
  /** The SDK that is attached; null: a WebSocket of our own. */
  readonly via: Sdk | null;
  /** `open`: usable. `ended`: the server has said or will say the end. `closed`: by us. */
  readonly state: 'open' | 'ended' | 'closed';
  /** The stream at its end; while it is open the target's own stream counts. */
  readonly final: StreamEnd | null;
  /** Error frames provoked so far, in order. */
  readonly errors: readonly ErrorFrame[];
}

/** An error frame the server owes us. */
export interface ErrorFrame {
  readonly text: string;
  readonly code?: string;
  /** The contract leaves open whether it comes. */
  readonly optional?: boolean;
}

/** How an attached stream ends. */
export interface StreamEnd {
  readonly out: Bytes;
  readonly err: Bytes;
  readonly cut: boolean;
  /** Codes the exit frame may carry; empty: no exit frame is owed (removal, read-only violation). */
  readonly codes: readonly number[];
  /** Whether the exit frame must come, may come, or must not. */
  readonly exitFrame: 'must' | 'may' | 'never';
  /** The close code, where the contract fixes it. */
  readonly closeCode?: number;
}

/** Everything the model knows. Immutable; keys are the program's symbolic handles. */
export interface World {
  readonly boxes: Readonly<Record<string, Box>>;
  readonly execs: Readonly<Record<string, Exec>>;
  readonly attaches: Readonly<Record<string, Attach>>;
  /** Host directories in use, with the files in them. */
  readonly hosts: Readonly<Record<string, Readonly<Record<string, Bytes>>>>;
  /** Ports of the machine that a program beside the runtime has taken. */
  readonly held: readonly number[];
  /** What the server has counted since the program or that server began: in all, and by box. */
  readonly counts: Counts;
}

/** Nothing has happened yet. */
export const emptyWorld: World = {
  boxes: {},
  execs: {},
  attaches: {},
  hosts: {},
  held: [],
  counts: nothingCounted,
};

/**
 * The box a step means, or null where nothing is found: literal text (`?…`), a box that is gone or never came
 * to be, a box of the other home.
 */
export function findBox(world: World, ref: string, via: Surface): Box | null {
  const box = world.boxes[ref];
  return box && box.status !== 'removed' && box.home === homeOf(via) ? box : null;
}

/** The execution a step means; null where every route of it is 404: those of a removed box are gone too (contract 5.4). */
export function findExec(world: World, ref: string): Exec | null {
  const exec = world.execs[ref];
  return exec && exec.status !== 'gone' ? exec : null;
}

/** Boxes of a home that exist, oldest first. */
export const boxesOf = (world: World, home: Home): Box[] =>
  Object.values(world.boxes).filter((box) => box.home === home && box.status !== 'removed');

const tables = { box: 'boxes', exec: 'execs', att: 'attaches' } as const;

/** The next free handle of a kind: one past the highest the world has ever seen. */
export function nextHandle(world: World, kind: keyof typeof tables): string {
  const used = Object.keys(world[tables[kind]]).map((handle) => Number(handle.slice(kind.length)));
  return `${kind}${Math.max(0, ...used) + 1}`;
}

type Table = 'boxes' | 'execs' | 'attaches';
type Thing<T extends Table> = World[T][string];
const nouns = { boxes: 'box', execs: 'execution', attaches: 'attach' } as const;

/** The world with something in it, under its handle. */
export const withNew = <T extends Table>(world: World, table: T, thing: Thing<T>): World => ({
  ...world,
  [table]: { ...world[table], [thing.handle]: thing },
});

function changed<T extends Table>(world: World, table: T, handle: string, patch: Partial<Thing<T>>): World {
  const thing = world[table][handle] as Thing<T> | undefined;
  if (!thing) throw new Error(`model: no ${nouns[table]} ${handle}`);
  return withNew(world, table, { ...thing, ...patch });
}

/** The world with one box changed; it must exist. */
export const withBox = (world: World, handle: string, patch: Partial<Box>): World =>
  changed(world, 'boxes', handle, patch);

/** The world with one execution changed; it must exist. */
export const withExec = (world: World, handle: string, patch: Partial<Exec>): World =>
  changed(world, 'execs', handle, patch);

/** The world with one attach changed; it must exist. */
export const withAttach = (world: World, handle: string, patch: Partial<Attach>): World =>
  changed(world, 'attaches', handle, patch);

/** What an attach is to: an execution, or a box with its main session. */
export const attachedTo = (world: World, to: Attach['to']): Exec | Box | undefined =>
  'exec' in to ? world.execs[to.exec] : world.boxes[to.box];

/** The world with the slot changed that an attach is for: who holds it, and whether it may stay taken for a while. */
export const withSlot = (
  world: World,
  to: Attach['to'],
  slot: Partial<Pick<Exec & Box, 'attachedBy' | 'draining'>>,
): World => ('exec' in to ? withExec(world, to.exec, slot) : withBox(world, to.box, slot));
