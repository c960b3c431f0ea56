import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { names, share, wholeNumber } from '../bin/options/values.ts';
import { catalogue, type DefectName } from '../reference/defects.ts';

/** What the scoreboard is asked to do. */
export interface Options {
  /** Trials of each defect; seeds 1, 2, …. */
  readonly seeds: number;
  /** Programs drawn before a defect counts as survived. */
  readonly programs: number;
  /** Share of programs that coverage guides. */
  readonly guided: number;
  /** Factor for all deadlines on the defective runtime. */
  readonly deadlineFactor: number;
  /** Re-runs in a row that make a failure deterministic. */
  readonly confirm: number;
  /** Runs a shrink may take; 0: nothing is made shorter. */
  readonly shrinkRuns: number;
  /** Worker processes. */
  readonly jobs: number;
  /** Programs of each seed that are run without any defect first. */
  readonly scout: number;
  /** Whether those are hunted, too, that show too seldom for a quick board. */
  readonly rare: boolean;
  /** Names asked for; null: all that programs can show. */
  readonly defects: readonly DefectName[] | null;
  readonly out: string;
  /** An older scoreboard to compare with. */
  readonly compare: string | null;
}

/** What commander gives: of the numbers with two defaults only those that were told. */
type Flags = Omit<Options, keyof typeof quick | 'defects' | 'compare'> &
  Partial<Options> & { readonly defect?: readonly DefectName[]; readonly quick?: true };

/**
 * What --quick means: for a machine that is not busy. It is to be red for a reason: what takes 35 programs in the
 * mean is not found in 100 by bad luck once in twenty trials, in 200 once in three hundred.
 */
const quick = { seeds: 2, programs: 200, deadlineFactor: 0.4, confirm: 2, shrinkRuns: 0, rare: false };
const whole = { seeds: 10, programs: 100, deadlineFactor: 1, confirm: 4, shrinkRuns: 200, rare: true };
/** Trials mostly wait for a runtime: more of them than cores pay. */
const JOBS_A_CORE = 3;

/**
 * The command line of the scoreboard.
 * @throws CommanderError for a wrong one; it has already been said on stderr what is wrong
 */
export function optionsFrom(argv: readonly string[], complain?: (text: string) => void): Options {
  const number = (flags: string, text: string, most: number, least = 1): Option =>
    new Option(flags, text).argParser(wholeNumber(least, most));
  const command = new Command('quality')
    .description(
      'How well the oracle finds the seeded defects of the reference runtime. Says nothing about BoxLite.',
    )
    .addOption(number('--seeds <n>', 'trials of each defect (default: 10)', 1000))
    .addOption(number('--programs <n>', 'programs before a defect counts as survived (default: 100)', 10_000))
    .addOption(
      new Option('--guided <share>', 'share of programs that coverage guides').argParser(share).default(0),
    )
    .addOption(new Option('--deadline-factor <factor>', 'for all deadlines (default: 1)').argParser(factor))
    .addOption(
      number('--jobs <n>', 'worker processes', 64).default(
        Math.ceil(availableParallelism() * JOBS_A_CORE),
        'three a core',
      ),
    )
    .addOption(
      number(
        '--scout <n>',
        'programs of each seed run without defects first, to skip them where they prove nothing',
        10_000,
        0,
      ).default(40),
    )
    .addOption(new Option('--defect <names>', 'these defects only, comma separated').argParser(defects))
    .option(
      '--quick',
      `${quick.seeds} seeds, ${quick.programs} programs, deadlineFactor ${quick.deadlineFactor} unless told otherwise; ${quick.confirm} re-runs, nothing shrunk, none that show seldom`,
    )
    .option('--out <dir>', 'directory for scoreboard.json', '.boxcheck/quality')
    .option('--compare <file>', 'an older scoreboard.json: prints what got better and worse')
    .exitOverride();
  if (complain) command.configureOutput({ writeErr: complain });
  const { quick: isQuick, defect, ...flags } = command.parse([...argv], { from: 'user' }).opts<Flags>();
  const nothing = { defects: defect ?? null, compare: null };
  return { ...(isQuick ? quick : whole), ...nothing, ...flags };
}

/** Below a tenth even a healthy runtime is too slow. */
function factor(text: string): number {
  const value = Number(text);
  if (value >= 0.1 && value <= 10) return value;
  throw new InvalidArgumentError('it must be a number from 0.1 to 10.');
}

function defects(text: string): string[] {
  const asked = names(text);
  const unknown = asked.find((name) => !catalogue.some((entry) => entry.name === name));
  if (unknown === undefined) return asked;
  const near = catalogue.filter(({ name }) => name.includes(unknown.split('-')[0] ?? unknown)).slice(0, 5);
  const hint = near.length > 0 ? ` (there are ${near.map(({ name }) => name).join(', ')})` : '';
  throw new InvalidArgumentError(`${unknown}: no seeded defect has this name${hint}.`);
}
