import type { Bytes } from '../bytes.ts';
import { type Call, complain, print } from './applet.ts';
import { backslashes } from './escapes.ts';

const directive = /%(?:%|([-+ 0#]*)(\d+|\*)?(?:\.(\d+|\*)?)?([a-zA-Z]))/y;
const most = 100_000;

interface Printing {
  args: Bytes[];
  at: number;
  /** Something was no number. */
  wrong: Bytes[];
  stop: boolean;
}

/** `printf FORMAT ARG…`: the format is used again while arguments are left. */
export async function printf(call: Call): Promise<number> {
  const [format, ...args] = call.args[0] === '--' ? call.args.slice(1) : call.args;
  if (format === undefined) return complain(call, 'usage: printf FORMAT [ARG]...', 2);
  const printing: Printing = { args, at: 0, wrong: [], stop: false };
  let text = '';
  for (let round = 0; round < most && !printing.stop; round += 1) {
    const before = printing.at;
    text += once(format, printing);
    if (printing.at === before || printing.at >= args.length) break;
  }
  await print(call, text);
  for (const wrong of printing.wrong) await complain(call, `invalid number '${wrong}'`);
  return printing.wrong.length > 0 ? 1 : 0;
}

function once(format: Bytes, printing: Printing): Bytes {
  let text = '';
  for (let at = 0; at < format.length && !printing.stop; ) {
    const next = format.slice(at).search(/[%\\]/);
    if (next < 0) return text + format.slice(at);
    text += format.slice(at, at + next);
    at += next;
    if (format[at] === '\\') {
      const sequence = /\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)?/sy;
      sequence.lastIndex = at;
      const whole = sequence.exec(format)?.[0] ?? '\\';
      if (whole === '\\c') printing.stop = true;
      else text += backslashes(whole, false).text;
      at += whole.length;
    } else {
      directive.lastIndex = at;
      const match = directive.exec(format);
      text += match ? one(match, printing) : '%';
      at += match ? match[0].length : 1;
    }
  }
  return text;
}

function one([whole, flags = '', width, precision, letter]: RegExpExecArray, printing: Printing): Bytes {
  if (whole === '%%') return '%';
  const wide = width === '*' ? Number(take(printing)) : Number(width ?? 0);
  const exact =
    precision === '*' ? Number(take(printing)) : precision === undefined ? undefined : Number(precision);
  const text = convert(letter ?? 's', flags, exact, printing);
  const fill = flags.includes('0') && !flags.includes('-') && /[diuxXo]/.test(letter ?? '') ? '0' : ' ';
  if (flags.includes('-') || wide < 0) return text.padEnd(Math.min(Math.abs(wide), most));
  if (fill === '0' && text.startsWith('-'))
    return `-${text.slice(1).padStart(Math.min(wide, most) - 1, fill)}`;
  return text.padStart(Math.min(wide, most), fill);
}

const take = (printing: Printing): Bytes => printing.args[printing.at++] ?? '';

function convert(letter: string, flags: string, exact: number | undefined, printing: Printing): Bytes {
  const argument = take(printing);
  switch (letter) {
    case 's':
      return exact === undefined ? argument : argument.slice(0, exact);
    case 'b': {
      const { text, stop } = backslashes(argument, true);
      if (stop) printing.stop = true;
      return text;
    }
    case 'c':
      return argument.slice(0, 1);
    case 'd':
    case 'i':
      return sign(flags, integer(argument, printing)).padStart(exact ?? 0, '0');
    case 'u':
      return BigInt.asUintN(64, integer(argument, printing)).toString();
    case 'x':
      return BigInt.asUintN(64, integer(argument, printing)).toString(16);
    case 'X':
      return BigInt.asUintN(64, integer(argument, printing)).toString(16).toUpperCase();
    case 'o':
      return BigInt.asUintN(64, integer(argument, printing)).toString(8);
    case 'f':
      return Number(argument || '0').toFixed(Math.min(exact ?? 6, 100));
    default:
      printing.wrong.push(`%${letter}`);
      return '';
  }
}

const sign = (flags: string, value: bigint): string =>
  flags.includes('+') && value >= 0n ? `+${value}` : String(value);

/** `'x` is the code of x. */
function integer(text: Bytes, printing: Printing): bigint {
  if (/^["']/.test(text)) return BigInt(text.charCodeAt(1) || 0);
  if (text === '') return 0n;
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(text);
  if (!match?.[2]) {
    printing.wrong.push(text);
    return 0n;
  }
  const digits = /^0[0-7]+$/.test(match[2]) ? `0o${match[2].slice(1)}` : match[2];
  return match[1] === '-' ? -BigInt(digits) : BigInt(digits);
}
