import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import type { History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { slug } from '../../report/stamp.ts';
import { signatureOf } from '../../verdict/signature.ts';
import { type Invocation, programLine } from '../session/invocation.ts';

/** Programs that did not pass are listed up to here. */
const MOST_LINES = 1000;

/** Gives the file that a program is from, for one of the corpus. */
export type FileOf = (program: Program) => string | undefined;

/** Lists the programs of a campaign that did not pass, and keeps those the machine broke under. */
export function onProgram(invocation: Invocation, fileOf: FileOf): (history: History) => Promise<void> {
  let drawn = 0;
  return async (history) => {
    const { ending, program } = history;
    const name = fileOf(program) ?? drawnName(program, ++drawn);
    if (ending.is === 'infrastructure') await keepUnjudged(invocation, { name, program }, ending.why);
    const listed = ending.is === 'failed' || ending.is === 'infrastructure';
    if (listed && invocation.programs.length < MOST_LINES) {
      const why = ending.is === 'failed' ? { why: signatureOf(ending.failure).text } : {};
      invocation.programs.push({ ...programLine(name, 'fuzz', history), ...why });
    }
  };
}

async function keepUnjudged(
  { dir, warnings }: Invocation,
  { name, program }: { readonly name: string; readonly program: Program },
  why: string,
): Promise<void> {
  const file = join(dir, 'unjudged', `${slug(name)}.json`);
  await writeAtomic(file, toJson(program));
  warnings.push(
    `${name} was not judged, the machine broke each time (${why}): ${file}; if it always breaks there, it may be the runtime`,
  );
}

/** By its seed where that draws it again, else by its number in the campaign. */
const drawnName = ({ seed }: Program, number: number): string =>
  seed === undefined ? `program ${number}` : `seed ${seed}`;
