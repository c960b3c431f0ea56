/** What one shrink cost and came to. */
export interface Effort {
  /** Runs after the first failure, until the shrinker had nothing left to try. */
  readonly runs: number;
  /** Of these, up to the one that showed the shortest program. */
  readonly runsToBest: number;
  /** Steps of all these runs. */
  readonly commands: number;
  /** Steps of what came out. */
  readonly steps: number;
}
