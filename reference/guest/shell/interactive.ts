import { type Bytes, bufferOf } from '../bytes.ts';
import { limits } from '../limits.ts';
import { INT } from '../signals.ts';
import { Jump, ShellFault } from './control.ts';
import { runText } from './finish.ts';
import { Parser } from './parse.ts';
import type { Shell } from './shell.ts';
import { SyntaxFault } from './syntax-error.ts';

/**
 * A shell that reads its commands from stdin, line by line: what follows a line is left for the commands in it.
 * @param prompts it talks to a person: it prompts, and mistakes and interrupts do not end it.
 */
export async function interactive(shell: Shell, prompts: boolean): Promise<number> {
  if (prompts) shell.traps.react(INT, () => {});
  let text = '';
  for (;;) {
    if (prompts) await shell.by.write(2, bufferOf(text === '' ? `${shell.by.cwd} # ` : '> '));
    const line = await readLine(shell);
    text += line;
    if (text.length > limits.lineBytes) throw new ShellFault('line too long');
    if (line !== '' && unfinished(text)) continue;
    await evaluate(shell, text, prompts);
    if (line === '') return shell.status;
    text = '';
  }
}

async function evaluate(shell: Shell, text: Bytes, prompts: boolean): Promise<void> {
  try {
    await runText(shell, text);
  } catch (error) {
    const mine = error instanceof SyntaxFault || error instanceof ShellFault;
    if (!prompts || !mine)
      throw error instanceof Jump && error.to !== 'exit' ? new Jump('exit', error.value) : error;
    shell.status = 2;
    await shell.complain(error.message);
  }
}

/** Whether a text is the beginning of a longer command. */
function unfinished(text: Bytes): boolean {
  const parser = new Parser(text);
  try {
    while (parser.next()) {
      // Only the parser's opinion matters here.
    }
    return false;
  } catch (error) {
    return error instanceof SyntaxFault && error.unfinished;
  }
}

/** With the newline; '' at end-of-file. */
async function readLine(shell: Shell): Promise<Bytes> {
  let line = '';
  while (!line.endsWith('\n')) {
    const data = await shell.by.read(0, 1);
    if (data.length === 0) return line;
    line += data.toString('latin1');
  }
  return line;
}
