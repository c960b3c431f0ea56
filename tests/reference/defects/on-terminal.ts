import { join } from 'node:path';
import { argvOf } from '../../../commands/work.ts';
import type { Terminal } from '../../../domain/terminal.ts';
import { referenceCommand } from '../../../reference/index.ts';
import { localLaunch } from '../../../runtime/drivers/launch.ts';
import { endDaemon } from '../fake/daemon.ts';
import { exit, holdMain } from '../fake/work.ts';
import { detached, type LocalProbe } from './over-cli.ts';

const size = { rows: 40, cols: 100 };
const later = { rows: 5, cols: 9 };

/** As long as a command that waits for what does not come is waited for. */
const timeoutMs = 2_500;

/** A client on a terminal: its size, what is typed, its end, and what becomes of a box when it hangs up. */
export const terminals: LocalProbe = async (local) => {
  const { file, args } = referenceCommand();
  const env = { BOXLITE_REF_DEFECTS: local.defects };
  const launch = localLaunch({ file, prefixArgs: args, env });
  const on = async (home: string, words: string[], terminal?: Terminal, stdin?: string) => {
    const more = { ...(terminal && { terminal }), ...(stdin && { stdin }) };
    const { exit, out, err } = await launch(['--home', home, ...words], { timeoutMs, ...more });
    return [exit, out.replaceAll(/[0-9A-Za-z]{12}/g, 'ID'), err];
  };
  const id = await detached(local, '--', ...holdMain);
  const exec = (flags: string, argv: string[], terminal?: Terminal, stdin?: string) =>
    on(local.home, ['exec', flags, id, '--', ...argv], terminal, stdin);
  const other = join(local.dir, 'o');
  try {
    return [
      await exec('-t', exit(7)),
      await exec('-t', exit(7), size),
      await exec('-it', argvOf({ do: 'cat' }), size, 'typed\n'),
      await exec('-t', argvOf({ do: 'terminal', ...size }), size),
      await exec('-t', argvOf({ do: 'terminal', ...size, resized: later }), { ...size, resized: later }),
      await on(other, ['run', '-d', ...local.image, ...holdMain], size),
      (await on(other, ['ls', '-q'])).slice(0, 2),
    ];
  } finally {
    await on(other, ['rm', '-af']);
    await endDaemon(other);
  }
};
