/** Lists the targets by name. */
export const targetNames = ['reference', 'lab', 'host', 'external'] as const;

/** Names a target: the kind of runtime that is driven. */
export type TargetName = (typeof targetNames)[number];

/** Tells what a runtime says of itself. */
export interface Identity {
  target: TargetName;
  /** `boxlite --version` of the local CLI, of the --url client, and what the server tells, where each exists. */
  version: string;
  /** Anything that helps to tell two runs apart: binary path, kernel, accelerator. */
  details: Record<string, string>;
}
