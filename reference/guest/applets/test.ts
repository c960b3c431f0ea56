import type { Bytes } from '../bytes.ts';
import type { GuestProcess } from '../process/process.ts';
import { type Call, complain } from './applet.ts';

class Wrong extends Error {}

/** `test EXPRESSION` and `[ EXPRESSION ]`: 0 true, 1 false, 2 no expression. */
export async function test(call: Call): Promise<number> {
  const bracket = call.name.endsWith('[');
  if (bracket && call.args.at(-1) !== ']') return complain(call, 'missing ]', 2);
  const args = bracket ? call.args.slice(0, -1) : call.args;
  try {
    return evaluate(call.by, args) ? 0 : 1;
  } catch (error) {
    if (error instanceof Wrong) return complain(call, error.message, 2);
    throw error;
  }
}

/** POSIX decides by the number of arguments, so that operands which look like operators are safe. */
function evaluate(by: GuestProcess, args: Bytes[]): boolean {
  const [a = '', b = '', c = ''] = args;
  switch (args.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      return a === '!' ? b === '' : unary(by, a, b);
    case 3:
      if (isBinary(b)) return binary(by, a, b, c);
      if (a === '!') return !evaluate(by, [b, c]);
      if (a === '(' && c === ')') return b !== '';
      return longer(by, args);
    default:
      return args.length === 4 && a === '!' ? !evaluate(by, args.slice(1)) : longer(by, args);
  }
}

function longer(by: GuestProcess, args: Bytes[]): boolean {
  const left = [...args];
  const value = or(by, left, 0);
  if (left.length > 0) throw new Wrong(`${left[0]}: unexpected operator`);
  return value;
}

function or(by: GuestProcess, args: Bytes[], depth: number): boolean {
  if (depth > 100) throw new Wrong('nested too deeply');
  let value = and(by, args, depth);
  while (args[0] === '-o') {
    args.shift();
    value = and(by, args, depth) || value;
  }
  return value;
}

function and(by: GuestProcess, args: Bytes[], depth: number): boolean {
  let value = primary(by, args, depth);
  while (args[0] === '-a') {
    args.shift();
    value = primary(by, args, depth) && value;
  }
  return value;
}

function primary(by: GuestProcess, args: Bytes[], depth: number): boolean {
  if (args.length === 0) throw new Wrong('argument expected');
  if (isBinary(args[1] ?? '') && args.length >= 3) {
    const [a = '', operator = '', b = ''] = args.splice(0, 3);
    return binary(by, a, operator, b);
  }
  const first = args.shift() ?? '';
  if (first === '!') return !primary(by, args, depth + 1);
  if (first === '(') {
    const value = or(by, args, depth + 1);
    if (args.shift() !== ')') throw new Wrong('closing paren expected');
    return value;
  }
  if (/^-[a-zA-Z]$/.test(first) && args.length > 0) return unary(by, first, args.shift() ?? '');
  return first !== '';
}

const comparisons = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);
const isBinary = (operator: Bytes): boolean => comparisons.has(operator);

function binary(by: GuestProcess, a: Bytes, operator: Bytes, b: Bytes): boolean {
  switch (operator) {
    case '=':
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '-nt':
      return timeOf(by, a) > timeOf(by, b);
    case '-ot':
      return timeOf(by, a) < timeOf(by, b);
    case '-ef':
      return by.kernel.vfs.place(by.cwd, a).path === by.kernel.vfs.place(by.cwd, b).path;
    default:
      return compare(number(a), operator, number(b));
  }
}

function compare(a: bigint, operator: Bytes, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}

function number(text: Bytes): bigint {
  const match = /^\s*([-+]?)(\d+)\s*$/.exec(text);
  if (!match?.[2]) throw new Wrong(`${text}: bad number`);
  return match[1] === '-' ? -BigInt(match[2]) : BigInt(match[2]);
}

const timeOf = (by: GuestProcess, path: Bytes): number =>
  by.kernel.vfs.find(by.cwd, path)?.stat().mtimeMs ?? 0;

function unary(by: GuestProcess, operator: Bytes, operand: Bytes): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return by.fds.get(Number(operand))?.terminal ?? false;
  const link = operator === '-L' || operator === '-h';
  const node = by.kernel.vfs.find(by.cwd, operand, !link);
  if (!/^-[edfLhsrwxcbpSugk]$/.test(operator)) throw new Wrong(`${operator}: unknown operand`);
  if (!node) return false;
  const { kind, size, mode } = node.stat();
  switch (operator) {
    case '-f':
      return kind === 'file';
    case '-d':
      return kind === 'directory';
    case '-L':
    case '-h':
      return kind === 'symlink';
    case '-c':
      return kind === 'device';
    case '-s':
      return size > 0;
    case '-x':
      return kind === 'directory' || (mode & 0o111) !== 0;
    case '-w':
      return !node.volume.readOnly;
    case '-e':
    case '-r':
      return true;
    default:
      return false;
  }
}
