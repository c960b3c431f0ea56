import { type Bytes, bufferOf } from '../../bytes.ts';
import { signalName, signalNumber } from '../../signals.ts';
import type { Shell } from '../shell.ts';

/** `trap [COMMAND|-] SIGNAL…`; without arguments it lists. */
export async function trap(shell: Shell, args: Bytes[]): Promise<number> {
  const [first, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (first === undefined) return list(shell);
  // A number alone resets that signal, as POSIX has it.
  const resets = first === '-' || rest.length === 0;
  const signals = rest.length === 0 ? [first] : rest;
  let status = 0;
  for (const text of signals) {
    const signal = signalNumber(text);
    if (signal === null) {
      await shell.complain(`trap: ${text}: invalid signal specification`);
      status = 1;
    } else if (resets) shell.traps.clear(signal);
    else shell.traps.set(signal, first);
  }
  return status;
}

async function list(shell: Shell): Promise<number> {
  const lines = [...shell.traps.commands].map(
    ([signal, command]) => `trap -- '${command.replaceAll("'", `'"'"'`)}' ${signalName(signal)}\n`,
  );
  await shell.by.write(1, bufferOf(lines.join('')));
  return 0;
}
