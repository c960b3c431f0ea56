import { verbs } from '../../commands/index.ts';
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
  const { toTheEnd, effect } = verbs[step.op];
  if (toTheEnd) {
    const { work, main, stdin } = step as { work?: Work; main?: Work; stdin?: Bytes };
    const shown = work ?? main;
    return shown !== undefined && (shows(shown, stdin) || isBinaryFile(shown, subjectBox(world, step)));
  }
  if (effect !== 'looks' || !('attach' in step)) return false;
  const source = subjectExec(world, step) ?? subjectBox(world, step);
  return source !== null && isInvalid(source.out);
}
