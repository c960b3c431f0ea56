import type { Bytes } from '../domain/bytes.ts';
import type { Mount } from '../domain/mount.ts';
import type { By } from '../domain/surface.ts';
import type { Work } from '../domain/work.ts';

/** Two homes never see each other: the local CLI's, and the server's that --url and REST share. */
export type Home = 'local' | 'server';

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

export interface Box {
  readonly handle: string;
  readonly home: Home;
  readonly name: string | null;
  /** `job`: the user's own command is init. `sandbox`: the image's default is. */
  readonly kind: 'job' | 'sandbox';
  readonly main: Work | null;
  readonly detached: boolean;
  readonly status: BoxStatus;
  /** The code kept with the box; null: none is shown; 'any': the contract leaves it open. In `ending` the one that will be shown. */
  readonly code: KeptCode;
  /** How often the main command was started. */
  readonly runs: number;
  /** Files programs have written to the root disk, by path. */
  readonly disk: Readonly<Record<string, Bytes>>;
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
}

export interface Exec {
  readonly handle: string;
  readonly box: string;
  /** How the box was spelled when it was made. All spellings mean the same (contract 0): only for known divergences. */
  readonly by: By;
  readonly work: Work;
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
}

export interface Attach {
  readonly handle: string;
  readonly to: { readonly exec: string } | { readonly box: string; readonly run: number };
  readonly readonly: boolean;
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
}

/** Nothing has happened yet. */
export const emptyWorld: World = { boxes: {}, execs: {}, attaches: {}, hosts: {} };
