import type { Bytes } from '../bytes.ts';
import { allLines } from './all-lines.ts';
import { type Call, complain, print } from './applet.ts';
import { regexSource } from './grep.ts';
import { options } from './options.ts';

/** `sed [-nE] SCRIPT [FILE…]` with `s`, `p`, `d`, `q` and a line number, `$` or `/regex/` in front. */
export async function sed(call: Call): Promise<number> {
  const parsed = options(call.args, 'nEr', 'e');
  const script = parsed?.values.get('e') ?? parsed?.rest.shift();
  const command =
    script === undefined
      ? null
      : sedCommand(script, parsed?.flags.has('E') || parsed?.flags.has('r') || false);
  if (!parsed || !command) return complain(call, `unsupported command '${script ?? ''}'`);
  const { code, found, complete } = await allLines(call, parsed.rest);
  for (const [index, line] of found.entries()) {
    const last = index === found.length - 1;
    const newline = last && !complete ? '' : '\n';
    const hit = command.applies(line, index + 1, last);
    const after = hit ? command.change(line) : line;
    if (after === null) continue;
    const again = hit && command.prints(line);
    const shown = Number(!parsed.flags.has('n')) + Number(again);
    if (shown > 0) await print(call, shown === 2 ? `${after}\n${after}${newline}` : after + newline);
    if (hit && command.quits) break;
  }
  return code;
}

interface SedCommand {
  applies: (line: Bytes, number: number, last: boolean) => boolean;
  change: (line: Bytes) => Bytes | null;
  /** Whether it prints the line once more. */
  prints: (line: Bytes) => boolean;
  quits: boolean;
}

function sedCommand(script: Bytes, extended: boolean): SedCommand | null {
  const match = /^(?:(\d+)|(\$)|\/((?:[^/\\]|\\.)*)\/)?\s*(?:([pdq])|s([^\\\n])(.*))$/s.exec(script.trim());
  if (!match) return null;
  const [, line, last, regex, letter, delimiter, rest = ''] = match;
  const address =
    regex === undefined ? null : new RegExp(regexSource(regex, extended ? 'extended' : 'basic'));
  const applies = (text: Bytes, number: number, isLast: boolean) =>
    line ? number === Number(line) : last ? isLast : address ? address.test(text) : true;
  if (letter)
    return {
      applies,
      change: (text) => (letter === 'd' ? null : text),
      prints: () => letter === 'p',
      quits: letter === 'q',
    };
  const parts = rest.split(new RegExp(`(?<!\\\\)\\${delimiter}`));
  if (parts.length !== 3) return null;
  const [from = '', to = '', options = ''] = parts;
  const expression = new RegExp(
    regexSource(from, extended ? 'extended' : 'basic'),
    options.replace(/[^gi]/g, ''),
  );
  const replacement = to
    .replaceAll('$', '$$$$')
    .replace(/\\(\d)|\\(.)|&/gs, (whole, group?: string, char?: string) => {
      if (group) return `$${group}`;
      return whole === '&' ? '$&' : char === 'n' ? '\n' : (char ?? '');
    });
  return {
    applies,
    change: (text) => text.replace(expression, replacement),
    prints: (text) => options.includes('p') && text.search(expression) >= 0,
    quits: false,
  };
}
