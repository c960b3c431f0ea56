import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import type { Work } from '../../domain/work.ts';
import type { Box, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { subjectBox, subjectExec } from './subject.ts';

/** Whether the bytes are no UTF-8 text. */
function isInvalid(bytes: Bytes): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(toBuffer(bytes));
    return false;
  } catch {
    return true;
  }
}

/** Only a command that shows what it is fed makes its input matter. */
const shows = (work: Work, stdin: Bytes | undefined): boolean =>
  work.do === 'blob' || (work.do === 'cat' && stdin !== undefined && isInvalid(stdin));

/** A copy brings any bytes into a file, and a command that reads it brings them to light. */
function isBinaryFile(work: Work, box: Box | null): boolean {
  const data = work.do === 'read' ? box?.disk[work.path] : undefined;
  return data !== undefined && isInvalid(data);
}

/** Whether what a step should bring to light is no UTF-8 text. */
export function isBinary(step: Step, world: World): boolean {
  if (step.op === 'exec')
    return shows(step.work, step.stdin) || isBinaryFile(step.work, subjectBox(world, step));
  if (step.op === 'foreground') return shows(step.main, step.stdin);
  if (step.op !== 'read') return false;
  const exec = subjectExec(world, step);
  const source = exec ?? subjectBox(world, step);
  return source !== null && isInvalid(source.out);
}
