import type { TargetName } from '../../../domain/identity.ts';
import type { Session } from '../../ports/session.ts';

/** A LocalSetup says what distinguishes one runtime on this machine from another. */
export interface LocalSetup {
  name: TargetName;
  /** How the CLI is started: `file prefixArgs… args…`. */
  command: { file: string; prefixArgs: readonly string[] };
  /** Module of a process that serves calls of the CLI; absent: each call is a process. */
  resident?: string;
  /** Added to the environment of every process, the server's too. */
  env: Readonly<Record<string, string>>;
  /** Prepares what boxes are made from, below the run's directory if need be. */
  image(root: string): Session['image'] | Promise<Session['image']>;
  /** Factor for the contract's deadlines. */
  deadlineFactor: number;
  /** Lines of `traces` that belong to the runtime as a whole and not to a box. */
  ignored: readonly RegExp[];
  /** Start one box before anything else, because only that shows whether this machine can. */
  trial: boolean;
  /** Added to the identity. */
  details: Record<string, string>;
  /** Where the note of this run is kept. */
  runsDir: string;
  log: (line: string) => void;
}
