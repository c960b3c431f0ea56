import { join } from 'node:path';
import { toJson, writeAtomic } from '../../files/write.ts';
import { type DiffRecord, sideName } from '../../report/diff/record.ts';
import { slug } from '../../report/stamp.ts';
import { compareRuns, groupDifferences, notRun, type Sighting } from '../../verdict/diff.ts';
import type { NamedProgram } from './plan.ts';
import type { RanSide } from './side.ts';

type Compared = Pick<DiffRecord, 'totals' | 'notCompared'> & { sightings: Sighting[] };

/** Holds all programs that were to run against each other. */
export function compareSides([a, b]: readonly [RanSide, RanSide], programs: Iterable<NamedProgram>): Compared {
  const sightings: Sighting[] = [];
  const notCompared: Compared['notCompared'] = [];
  const totals: Compared['totals'] = { programs: 0, compared: 0, steps: 0, agreed: 0, unpaired: 0, differences: {} };
  for (const { name, program } of programs) {
    totals.programs += 1;
    const [mine = notRun, theirs = notRun] = [a.seen.get(name)?.run, b.seen.get(name)?.run];
    const found = compareRuns(mine, theirs, [a.side, b.side]);
    if (typeof found === 'string') {
      notCompared.push({ program: name, why: found });
      continue;
    }
    totals.compared += 1;
    totals.steps += found.compared;
    totals.agreed += found.agreed;
    totals.unpaired += found.unpaired;
    for (const difference of found.differences) {
      sightings.push({ program: name, steps: program.steps.length, difference });
      totals.differences[difference.class] = (totals.differences[difference.class] ?? 0) + 1;
    }
  }
  return { totals, notCompared, sightings };
}

/** Writes down everything two sides have to say about each other, with an example program of each kind of difference. */
export async function writeDiff(
  dir: string,
  ran: readonly [RanSide, RanSide],
  given: readonly NamedProgram[],
  { startedAt, ...rest }: Pick<DiffRecord, 'seed' | 'ended'> & { startedAt: Date },
): Promise<DiffRecord> {
  const programs = new Map([...given, ...ran[0].seen.values()].map((one) => [one.name, one]));
  const { sightings, ...compared } = compareSides(ran, programs.values());
  const sides = [ran[0].side, ran[1].side] as const;
  const about = `${sides.map(sideName).join(' | ')}, seed ${rest.seed}`;
  const groups = groupDifferences(sightings).map((group, i) => {
    const name = slug(`${group.class} ${group.op} ${group.via}`);
    return { about, file: join('programs', `${String(i + 1).padStart(3, '0')}-${name}.json`), ...group };
  });
  for (const { file, class: is, what, example } of groups) {
    const note = `${is} at step ${example.difference.at + 1}: ${what} [${about}]`;
    await writeAtomic(join(dir, file), toJson({ ...programs.get(example.program)?.program, note }));
  }
  const record: DiffRecord = {
    format: 1,
    use: 'diff',
    about,
    ...rest,
    ...compared,
    sides,
    startedAt: startedAt.toISOString(),
    totalMs: Date.now() - startedAt.getTime(),
    groups,
    warnings: [...new Set(ran.flatMap(({ warnings }) => warnings))],
  };
  await writeAtomic(join(dir, 'diff.json'), toJson(record));
  return record;
}
