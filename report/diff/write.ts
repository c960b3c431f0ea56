import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import type { Program } from '../../program/program.ts';
import { slug } from '../stamp.ts';
import type { DiffLine, DiffRecord } from './record.ts';

/** File of the example of the kind of difference number `index`, relative to the run's directory. */
export const exampleFile = (
  index: number,
  { class: is, op, via }: Pick<DiffLine, 'class' | 'op' | 'via'>,
): string => join('programs', `${String(index + 1).padStart(3, '0')}-${slug(`${is} ${op} ${via}`)}.json`);

/** Writes the record, one line a kind of difference, and an example program of each, ready for `repro`. */
export async function writeDiff(
  dir: string,
  record: DiffRecord,
  programOf: (name: string) => Program | undefined,
): Promise<void> {
  for (const group of record.groups) await writeExample(dir, group, programOf(group.example.program));
  const lines = record.groups.map((group) => `${JSON.stringify(group)}\n`);
  await writeAtomic(join(dir, 'differences.jsonl'), lines.join(''));
  await writeAtomic(join(dir, 'diff.json'), toJson(record));
}

async function writeExample(dir: string, group: DiffLine, program: Program | undefined): Promise<void> {
  if (!program) throw new Error(`boxcheck: no program ${group.example.program} to write as an example`);
  const note = `${group.class} at step ${group.example.difference.at + 1}: ${group.what} [${group.about}]`;
  await writeAtomic(join(dir, group.file), toJson({ ...program, note }));
}
