import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import type { Program } from '../../program/program.ts';
import { type DiffRecord, sideName } from '../../report/diff/record.ts';
import { slug } from '../../report/stamp.ts';
import { compareRuns, type DifferenceGroup, groupDifferences, type Sighting } from '../../verdict/diff.ts';
import type { RanSide } from './run.ts';

/** Stands for the run of a program that a side did not run. */
const notRun = { steps: [], unjudged: 'not run: no time was left, it was stopped, or a surface is missing' };

/** How a comparison ended, and when and from which seed it began. */
type About = Pick<DiffRecord, 'seed' | 'ended'> & { startedAt: Date };
type RanSides = readonly [RanSide, RanSide];

/** Gives everything two sides have to say about each other; `programs` are all that were to run, by name. */
export function recordOf(ran: RanSides, programs: ReadonlyMap<string, Program>, about: About): DiffRecord {
  const [a, b] = ran;
  const { startedAt, seed } = about;
  const sightings: Sighting[] = [];
  const notCompared: DiffRecord['notCompared'] = [];
  const totals = { programs: programs.size, compared: 0, steps: 0, agreed: 0, unpaired: 0 };
  for (const [name, program] of programs) {
    const [mine = notRun, theirs = notRun] = [a.seen.get(name)?.run, b.seen.get(name)?.run];
    const found = compareRuns(mine, theirs, [a.side, b.side]);
    if (typeof found === 'string') {
      notCompared.push({ program: name, why: found });
      continue;
    }
    totals.compared += 1;
    for (const key of ['steps', 'agreed', 'unpaired'] as const) totals[key] += found[key];
    const steps = program.steps.length;
    sightings.push(...found.differences.map((difference) => ({ program: name, steps, difference })));
  }
  const classes = Object.groupBy(sightings, ({ difference }) => difference.class);
  const differences = Object.fromEntries(Object.entries(classes).map(([is, { length }]) => [is, length]));
  const lost = ran.some(({ side }) => side.endedEarly !== undefined) && about.ended !== 'interrupted';
  return {
    format: 1,
    use: 'diff',
    about: `${sideName(a.side)} | ${sideName(b.side)}, seed ${seed}`,
    seed,
    sides: [a.side, b.side],
    startedAt: startedAt.toISOString(),
    totalMs: Date.now() - startedAt.getTime(),
    ended: lost ? 'infrastructure' : about.ended,
    totals: { ...totals, differences },
    groups: groupDifferences(sightings).map((group, i) => ({ ...group, file: exampleFile(i, group) })),
    notCompared,
    warnings: [...new Set(ran.flatMap(({ warnings }) => warnings))],
  };
}

const exampleFile = (i: number, { class: is, op, via }: DifferenceGroup): string =>
  join('programs', `${String(i + 1).padStart(3, '0')}-${slug(`${is} ${op} ${via}`)}.json`);

/** Writes down the record, and an example program of each kind of difference, ready for `repro`. */
export async function writeDiff(
  dir: string,
  record: DiffRecord,
  programs: ReadonlyMap<string, Program>,
): Promise<void> {
  for (const { file, class: is, what, example } of record.groups) {
    const note = `${is} at step ${example.difference.at + 1}: ${what} [${record.about}]`;
    await writeAtomic(join(dir, file), toJson({ ...programs.get(example.program), note }));
  }
  await writeAtomic(join(dir, 'diff.json'), toJson(record));
}
