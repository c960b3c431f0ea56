/**
 * Lanes that a lab can have: as many as its machine has CPUs, for of more boxes that boot at once too many fail. The servers
 * of all of them are up in every machine (lab/guest/inittab).
 */
export const LAB_LANES = 2;

/** A LaneHomes says where in the guest a lane keeps its boxes: those of the local CLI and those of its server. */
export interface LaneHomes {
  readonly cli: string;
  readonly serve: string;
}

/** Gives the homes of a lane: short, because sockets live below them. A server and a local CLI cannot share one. */
export const homesOfLane = (lane: number): LaneHomes => ({
  cli: `/h/c${lane || ''}`,
  serve: `/h/s${lane || ''}`,
});

/** Gives the port that the server of a lane listens on inside. */
export const portOfLane = (lane: number): number => 8100 + lane;
