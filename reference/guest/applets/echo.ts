import { type Call, print } from './applet.ts';
import { backslashes } from './escapes.ts';

/** `echo [-neE] ARG…`. */
export async function echo(call: Call): Promise<number> {
  let at = 0;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(call.args[at] ?? ''); at += 1) {
    for (const letter of (call.args[at] ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const plain = call.args.slice(at).join(' ');
  const { text, stop } = escapes ? backslashes(plain, true) : { text: plain, stop: false };
  await print(call, newline && !stop ? `${text}\n` : text);
  return 0;
}
