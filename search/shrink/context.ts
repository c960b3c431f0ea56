import type { Position } from './pass.ts';

/** What a program that came out of shrinking carries along: where to go on. */
export interface ShrinkContext {
  /** Index into the passes; their number: nothing is left to try. */
  readonly pass: number;
  readonly position: Position | null;
  /** Something became simpler since the present round of passes began, so another round may find more. */
  readonly dirty: boolean;
  /** Argument simplifications left on this path: they end even if a verb simplifies in circles. */
  readonly fuel: number;
  /** Canonical texts of all programs handed out so far, over the whole tree: none is handed out twice. */
  readonly offered: Set<string>;
}

const FUEL = 64;

/** Before anything was tried. */
export const freshContext = (): ShrinkContext => ({
  pass: 0,
  position: null,
  dirty: false,
  fuel: FUEL,
  offered: new Set(),
});
