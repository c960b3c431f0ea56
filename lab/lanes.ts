/**
 * Lanes that a lab can have: as many as its machine has CPUs, for of more boxes that boot at once too many fail. The servers
 * of all of them are up in every machine (lab/guest/inittab).
 */
export const LAB_LANES = 2;

/** A LaneHomes says where in the guest a lane keeps its boxes: those of the local CLI, of its server, and of the SDK in local mode. */
export interface LaneHomes {
  readonly cli: string;
  readonly serve: string;
  readonly sdk: string;
}

/** Gives the homes of a lane: short, because sockets live below them. No two runtimes can share one. */
export const homesOfLane = (lane: number): LaneHomes => ({
  cli: `/h/c${lane || ''}`,
  serve: `/h/s${lane || ''}`,
  sdk: `/h/p${lane || ''}`,
});

/** Gives the port that the server of a lane listens on inside. */
export const portOfLane = (lane: number): number => 8100 + lane;
