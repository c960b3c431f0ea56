import { type Level, levels } from './about.ts';
import { type AnswerLevel, answerLevels, cellSets, type StateLevel, stateLevels } from './cells.ts';
import type { Grams } from './grams.ts';
import type { Snapshot } from './search.ts';

/** Something that can be covered in part: how much there is, and how much of it a campaign met. */
export interface Measure {
  readonly table: string;
  readonly column: string;
  readonly all: number;
  met(snapshot: Snapshot): number;
  /** Shares that are wanted after so many simulated minutes. */
  readonly targets: readonly { readonly minutes: number; readonly share: number }[];
}

/** Everything there is to cover. */
export interface Universe {
  readonly goals: ReadonlySet<string>;
  readonly grams: Readonly<Record<Level, Grams>>;
}

const targets = {
  pairs: [{ minutes: 10, share: 1 }],
  triples: [
    { minutes: 10, share: 0.8 },
    { minutes: 60, share: 0.99 },
  ],
} as const;

/** The measures with targets first: goals, then steps in a row. */
export const measuresOf = (universe: Universe): Measure[] => [
  ...answerLevels.flatMap((answers) =>
    stateLevels.flatMap((level) => cellMeasures(universe.goals, level, answers)),
  ),
  ...levels.flatMap((level) => gramMeasures(universe.grams[level], level)),
];

function cellMeasures(goals: ReadonlySet<string>, level: StateLevel, answers: AnswerLevel): Measure[] {
  const all = cellSets(goals, level, answers);
  return (['pairs', 'triples'] as const).map((which) => ({
    table: `${answers}: ${level}`,
    column: which,
    all: all[which].size,
    met: (snapshot) => cellSets(snapshot.goals, level, answers)[which].intersection(all[which]).size,
    targets: answers === 'legal' ? targets[which] : [],
  }));
}

const gramMeasures = (all: Grams, level: Level): Measure[] =>
  (['singles', 'pairs', 'triples'] as const).map((which) => ({
    table: `in a row: ${level}`,
    column: which,
    all: all[which].size,
    met: ({ grams }) => grams[level][which].intersection(all[which]).size,
    targets: [],
  }));
