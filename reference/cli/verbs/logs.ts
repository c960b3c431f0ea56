import { existsSync, readFileSync } from 'node:fs';
import { Fault, isFault } from '../../core/fault.ts';
import { consoleFile } from '../../home/layout.ts';
import { closing } from '../closing.ts';
import { contextOf, openBackend } from '../context.ts';
import { own } from '../own.ts';
import { flagValue } from '../parse.ts';
import { UsageError } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** `boxlite logs`: the console of the VM, not the output of its command (contract 2.8). */
export const verb: Verb = async (parsed) => {
  const [typed] = parsed.positionals;
  if (typed === undefined)
    throw new UsageError('the following required arguments were not provided:\n  <BOX>');
  const context = contextOf(parsed);
  return closing(await openBackend(context), async (backend) => {
    const box = await backend.box(typed).catch((error: unknown) => {
      throw isFault(error, 'not-found') ? new Fault('not-found', `No such box: ${typed}`) : error;
    });
    const file = consoleFile(context.home, box.id);
    if (existsSync(file)) own().stdout.write(tail(readFileSync(file, 'utf8'), flagValue(parsed, 'tail')));
    else own().stderr.write(`No console output yet for box ${box.id}.\nHint: start the box first.\n`);
    return 0;
  });
};

function tail(text: string, count: string | undefined): string {
  if (count === undefined) return text;
  const lines = text.split('\n').slice(0, -1).slice(-Number(count));
  return lines.map((line) => `${line}\n`).join('');
}
