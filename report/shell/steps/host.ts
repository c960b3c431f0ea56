import type { StepOf } from '../../../program/step.ts';
import { writeBytes } from '../check-bytes.ts';
import { line, raw } from '../line.ts';

/** A program outside the box writes into a mounted directory. */
export const hostWrite = (step: StepOf<'host-write'>): string[] => [
  `host_dir ${step.host}`,
  writeBytes(step.data, line([{ $: `HOST_${step.host}` }, '/', step.file])),
  'KIND=cli CODE=0',
];

/** What lies there, seen from outside the box; it is then `$T/got`. */
export const hostRead = (step: StepOf<'host-read'>): string[] => [
  `host_dir ${step.host}`,
  'rm -rf "$T/got"',
  line(raw('cp'), [{ $: `HOST_${step.host}` }, '/', step.file], raw('"$T/got" 2>/dev/null')),
];
