import { coveragePart } from './coverage/part.ts';
import { memoryPart } from './memory/part.ts';
import type { Part } from './part.ts';
import { shrinkPart } from './shrink/part.ts';
import { speedPart } from './speed/part.ts';
import { verdictsPart } from './verdicts/part.ts';

/** All parts, in the order they are measured: those that take longest last. */
export const parts: readonly Part[] = [shrinkPart, coveragePart, verdictsPart, speedPart, memoryPart];
