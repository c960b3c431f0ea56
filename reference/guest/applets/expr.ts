import type { Bytes } from '../bytes.ts';
import { type Call, complain, print } from './applet.ts';

/** `expr A OP B`, integers and comparisons. */
export async function expr(call: Call): Promise<number> {
  const [a = '', operator, b = ''] = call.args;
  const numbers = /^-?\d+$/.test(a) && /^-?\d+$/.test(b);
  const [x, y] = numbers ? [BigInt(a), BigInt(b)] : [0n, 0n];
  if ((operator === '/' || operator === '%') && y === 0n) return complain(call, 'division by zero', 2);
  const results: Record<string, () => Bytes> = {
    '+': () => String(x + y),
    '-': () => String(x - y),
    '*': () => String(x * y),
    '/': () => String(x / y),
    '%': () => String(x % y),
    '=': () => (a === b ? '1' : '0'),
    '!=': () => (a !== b ? '1' : '0'),
    '<': () => ((numbers ? x < y : a < b) ? '1' : '0'),
    '>': () => ((numbers ? x > y : a > b) ? '1' : '0'),
  };
  const value = operator === undefined ? a : results[operator]?.();
  if (value === undefined) return complain(call, 'syntax error', 2);
  await print(call, `${value}\n`);
  return value === '' || value === '0' ? 1 : 0;
}
