/** A number of which only bounds are known. */
export type Range = readonly [least: number, most: number];

/** What is counted in one box, in its present run and by the present server (contract 13). */
export interface Usage {
  readonly commands: Range;
  readonly errors: Range;
  /** Bytes of output that were surely delivered, and bytes of stdin that were surely taken. */
  readonly received: number;
  readonly sent: number;
}

/** What a server has counted since it, or the program, began: in all, and by box. */
export interface Counts {
  readonly server: Readonly<Record<'created' | 'failed' | 'stopped' | 'commands' | 'errors', Range>>;
  readonly boxes: Readonly<Record<string, Usage>>;
}

const none: Range = [0, 0];

/** Before the first step. */
export const nothingCounted: Counts = {
  server: { created: none, failed: none, stopped: none, commands: none, errors: none },
  boxes: {},
};
