/** Lists the targets by name. */
export const targetNames = ['reference', 'lab', 'host', 'external'] as const;

/** Names a target: the kind of runtime that is driven. */
export type TargetName = (typeof targetNames)[number];

/** The newest release of BoxLite that boxcheck knows: what is drawn for, and built in a lab, when none is named. */
export const newestVersion = '0.11.0';

/** Tells what a runtime says of itself. */
export interface Identity {
  target: TargetName;
  /** `boxlite --version` of the local CLI, of the --url client, and what the server tells, where each exists. */
  version: string;
  /** Anything that helps to tell two runs apart: binary path, kernel, accelerator. */
  details: Record<string, string>;
}
