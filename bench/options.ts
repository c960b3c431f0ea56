import { Command, Option } from 'commander';
import { targetOption } from '../bin/options/globals.ts';
import { wholeNumber } from '../bin/options/values.ts';
import type { TargetName } from '../domain/identity.ts';

/** What the benchmarks are asked to do. */
export interface Options {
  /** Name of the part that is measured; absent: all. */
  readonly only?: string;
  readonly quick: boolean;
  readonly seed: number;
  readonly out: string;
  /** What the part `real` measures. */
  readonly target?: TargetName;
}

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
  const seed = new Option('--seed <n>', 'of everything drawn').argParser(wholeNumber(0, 2 ** 31 - 1));
  const names = parts.map(({ name }) => name);
  const abouts = parts.map(({ name, about }) => `  ${name.padEnd(12)}${about}`);
  const command = new Command('bench')
    .description(
      'Measures how boxcheck draws and shrinks, on the model, and with --target how fast it is there.',
    )
    .addOption(new Option('--only <part>', 'this part only').choices(names))
    .addOption(targetOption())
    .option('--quick', 'small samples: shows that everything works, in minutes', false)
    .addOption(seed.default(1))
    .option('--out <dir>', 'directory for bench.json', '.boxcheck/bench')
    .addHelpText('after', `\nParts:\n${abouts.join('\n')}`)
    .exitOverride();
  if (complain) command.configureOutput({ writeErr: complain });
  const options = command.parse([...argv], { from: 'user' }).opts<Options>();
  const { only, target } = options;
  if (only === 'real' && target === undefined)
    command.error("error: --only real needs --target: what runs is somebody's machine or the lab");
  if (only !== undefined && only !== 'real' && target !== undefined)
    command.error(`error: --target ${target}: only the part real takes it, not ${only}`);
  return options;
}
