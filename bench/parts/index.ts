import { coveragePart } from './coverage.ts';
import type { Part } from './part.ts';
import { shrinkPart } from './shrink.ts';
import { verdictsPart } from './verdicts.ts';

/** All parts, in the order they are measured: those that take longest last. */
export const parts: readonly Part[] = [shrinkPart, coveragePart, verdictsPart];
