import { verbs } from '../../commands/index.ts';
import { type Bytes, isText } from '../../domain/bytes.ts';
import { type Data, expanded } from '../../domain/fill.ts';
import type { ProcessOptions } from '../../domain/options.ts';
import type { Work } from '../../domain/work.ts';
import { inForce, variablesFor } from '../../model/options.ts';
import { workResult } from '../../model/work.ts';
import type { Box, World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { subjectBox, subjectExec } from './subject.ts';

/** Only a command that shows what it is fed makes its input matter. */
const shows = (work: Work, stdin: Data | undefined): boolean =>
  work.do === 'blob' ||
  (work.do === 'flood' && work.pattern === 'bytes') ||
  (work.do === 'cat' && stdin !== undefined && !isText(expanded(stdin)));

/** A copy brings any bytes into a file, and a command that reads it brings them to light. */
function isBinaryFile(work: Work, box: Box | null): boolean {
  const data = work.do === 'read' ? box?.disk[work.path] : undefined;
  return data !== undefined && !isText(data);
}

/** Whether what a step should bring to light is no UTF-8 text. */
export function isBinary(step: Step, world: World): boolean {
  const { toTheEnd, effect } = verbs[step.op];
  if (toTheEnd) {
    const { work, main, stdin } = step as { work?: Work; main?: Work; stdin?: Data };
    const shown = work ?? main;
    return shown !== undefined && (shows(shown, stdin) || isBinaryFile(shown, subjectBox(world, step)));
  }
  if (effect !== 'looks' || !('attach' in step)) return false;
  const source = subjectExec(world, step) ?? subjectBox(world, step);
  return source !== null && !isText(source.out);
}

/** Whether it should bring to light at least so many bytes, and characters that have several of them. */
export function isWide(step: Step, world: World, least: number): boolean {
  const bytes = shownBytes(step, world);
  return bytes.length >= least && /[\x80-\xff]/u.test(bytes);
}

/** What a command that is told to its end writes, or the stream that is read. */
function shownBytes(step: Step, world: World): Bytes {
  const box = subjectBox(world, step);
  if (!('work' in step)) return (subjectExec(world, step) ?? box)?.out ?? '';
  if (!box) return '';
  const own = inForce(box, step as ProcessOptions);
  if (step.work.do === 'environ') return Object.values(variablesFor(own)).join('');
  const stdin = 'stdin' in step ? step.stdin : undefined;
  const result = workResult(world, own, step.work, expanded(stdin ?? ''), false);
  return result.ends === true ? result.out + result.err : '';
}
