import { Command, InvalidArgumentError, Option } from 'commander';
import { names, wholeNumber } from '../bin/options/values.ts';

/** What the benchmarks are asked to do. */
export interface Options {
  /** Names of parts, in the order they are made. */
  readonly only: readonly string[];
  readonly quick: boolean;
  readonly seed: number;
  /** Minutes of fuzzing for the memory part. */
  readonly minutes: number;
  readonly out: string;
}

/** Memory wants an hour; a quick look shows only that it works. */
const MINUTES = 60;
const QUICK_MINUTES = 1;

/**
 * The command line of the benchmarks.
 * @param parts names of all parts, with what they measure
 * @throws CommanderError for a wrong one; it has already been said on stderr what is wrong
 */
export function optionsFrom(
  argv: readonly string[],
  parts: readonly { readonly name: string; readonly about: string }[],
  complain?: (text: string) => void,
): Options {
  const command = new Command('bench')
    .description(
      'Measures boxcheck itself, on the model and on the reference runtime. Says nothing about BoxLite.',
    )
    .addOption(new Option('--only <parts>', 'these parts only, comma separated').argParser(partNames(parts)))
    .option('--quick', 'small samples: shows that everything works, in minutes')
    .addOption(
      new Option('--seed <n>', 'of everything drawn').argParser(wholeNumber(0, 2 ** 31 - 1)).default(1),
    )
    .addOption(
      new Option('--minutes <n>', `of fuzzing for memory (default: ${MINUTES})`).argParser(
        wholeNumber(1, 24 * 60),
      ),
    )
    .option('--out <dir>', 'directory for bench.json', '.boxcheck/bench')
    .addHelpText(
      'after',
      `\nParts:\n${parts.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n')}`,
    )
    .exitOverride();
  if (complain) command.configureOutput({ writeErr: complain });
  const flags = command
    .parse([...argv], { from: 'user' })
    .opts<Partial<Options> & Pick<Options, 'seed' | 'out'>>();
  const { quick = false, minutes = quick ? QUICK_MINUTES : MINUTES, only, ...rest } = flags;
  const inOrder = parts.map(({ name }) => name).filter((name) => only?.includes(name) ?? true);
  return { ...rest, quick, minutes, only: inOrder };
}

const partNames =
  (parts: readonly { readonly name: string }[]) =>
  (text: string): string[] => {
    const asked = names(text);
    const unknown = asked.find((name) => !parts.some((part) => part.name === name));
    if (unknown !== undefined || asked.length === 0) {
      const all = parts.map(({ name }) => name).join(', ');
      throw new InvalidArgumentError(`there is no part '${unknown ?? ''}': choose of ${all}.`);
    }
    return asked;
  };
