import { coveragePart } from './coverage.ts';
import { huntPart } from './hunt.ts';
import { memoryPart } from './memory.ts';
import type { Part } from './part.ts';
import { shrinkPart } from './shrink.ts';
import { speedPart } from './speed.ts';
import { verdictsPart } from './verdicts.ts';

/** All parts, in the order they are measured: those that take longest last. */
export const parts: readonly Part[] = [
  shrinkPart,
  coveragePart,
  verdictsPart,
  speedPart,
  huntPart,
  memoryPart,
];
