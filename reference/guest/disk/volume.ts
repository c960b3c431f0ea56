/** Names from the top of a file system down; none is the top itself. */
export type Names = readonly string[];

/** What is at a path; links count as what they are. */
export interface Look {
  kind: 'file' | 'directory' | 'symlink';
  /** Permission bits only. */
  mode: number;
}

/** One file system of a guest: the root disk, a tmpfs, or something of the host. All failures are Errno. */
export interface Volume {
  /** First and third column of /proc/mounts. */
  readonly tag: string;
  readonly type: string;
  /** null where there is nothing, or no way to it. */
  look(path: Names): Look | null;
  read(path: Names): Buffer;
  /** Replaces a file, or makes it in a directory that is there. */
  write(path: Names, data: Buffer): void;
}
