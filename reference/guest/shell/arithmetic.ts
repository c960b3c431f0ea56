import type { Bytes } from '../bytes.ts';
import { ShellFault } from './control.ts';

/** Reads and sets shell variables for an expression. */
export interface Names {
  get(name: Bytes): Bytes;
  set(name: Bytes, value: Bytes): void;
}

const token =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|&&|\|\||<<|>>|[<>=!+\-*/%&|^]=|\+\+|--|[-+*/%<>=!~&|^?:(),]))/y;

const levels: string[][] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const assigning = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const deepest = 100;

interface State {
  tokens: string[];
  at: number;
  names: Names;
  depth: number;
  /** false in the part of `&&`, `||` and `?:` that is not evaluated. */
  live: boolean;
}

/**
 * Value of an arithmetic expression: 64-bit integers, C operators, variables by name.
 * @throws ShellFault for a syntax error or a division by zero.
 */
export function arithmetic(expression: Bytes, names: Names, depth = 0): bigint {
  const state: State = { tokens: tokens(expression), at: 0, names, depth, live: true };
  if (depth > deepest) throw new ShellFault('expression recursion loop detected');
  if (state.tokens.length === 0) return 0n;
  const value = comma(state);
  return state.at < state.tokens.length ? fail() : value;
}

const fail = (): never => {
  throw new ShellFault('arithmetic syntax error');
};

function tokens(expression: Bytes): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  const text = expression.trimEnd();
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) return fail();
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return found;
}

function accept(state: State, ...wanted: string[]): string | null {
  const next = state.tokens[state.at];
  if (next === undefined || !wanted.includes(next)) return null;
  state.at += 1;
  return next;
}

function comma(state: State): bigint {
  let value = assignment(state);
  while (accept(state, ',')) value = assignment(state);
  return value;
}

function assignment(state: State): bigint {
  const name = state.tokens[state.at] ?? '';
  const operator = state.tokens[state.at + 1] ?? '';
  if (!/^[A-Za-z_]/.test(name) || !assigning.has(operator)) return conditional(state);
  state.at += 2;
  const right = assignment(state);
  const value = operator === '=' ? right : apply(state, operator.slice(0, -1), variable(state, name), right);
  return store(state, name, value);
}

function store(state: State, name: Bytes, value: bigint): bigint {
  if (state.live) state.names.set(name, String(value));
  return value;
}

function conditional(state: State): bigint {
  const condition = binary(state, 0);
  if (!accept(state, '?')) return condition;
  const yes = skipping(state, condition === 0n, () => assignment(state));
  if (!accept(state, ':')) fail();
  const no = skipping(state, condition !== 0n, () => conditional(state));
  return condition !== 0n ? yes : no;
}

function skipping(state: State, skip: boolean, parse: () => bigint): bigint {
  const was = state.live;
  state.live = was && !skip;
  const value = parse();
  state.live = was;
  return value;
}

function binary(state: State, level: number): bigint {
  const operators = levels[level];
  if (!operators) return unary(state);
  let left = binary(state, level + 1);
  for (let operator = accept(state, ...operators); operator; operator = accept(state, ...operators)) {
    const decided = (operator === '&&' && left === 0n) || (operator === '||' && left !== 0n);
    const right = skipping(state, decided, () => binary(state, level + 1));
    left = apply(state, operator, left, right);
  }
  return left;
}

function unary(state: State): bigint {
  const operator = accept(state, '!', '~', '-', '+', '++', '--');
  if (operator === '++' || operator === '--') return step(state, operator);
  if (operator === '!') return unary(state) === 0n ? 1n : 0n;
  if (operator === '~') return ~unary(state);
  if (operator === '-') return BigInt.asIntN(64, -unary(state));
  return operator ? unary(state) : primary(state);
}

function step(state: State, operator: string): bigint {
  const name = state.tokens[state.at++] ?? '';
  if (!/^[A-Za-z_]/.test(name)) return fail();
  return store(state, name, variable(state, name) + (operator === '++' ? 1n : -1n));
}

function primary(state: State): bigint {
  if (accept(state, '(')) {
    const value = comma(state);
    return accept(state, ')') ? value : fail();
  }
  const next = state.tokens[state.at++] ?? '';
  if (/^\d/.test(next)) return number(next);
  if (!/^[A-Za-z_]/.test(next)) return fail();
  const value = variable(state, next);
  const after = accept(state, '++', '--');
  if (after) store(state, next, value + (after === '++' ? 1n : -1n));
  return value;
}

function number(text: string): bigint {
  if (/^0[0-7]+$/.test(text)) return BigInt.asIntN(64, BigInt(`0o${text.slice(1)}`));
  return /^0\d/.test(text) ? fail() : BigInt.asIntN(64, BigInt(text));
}

/** A variable may hold an expression itself. */
function variable(state: State, name: Bytes): bigint {
  const text = state.names.get(name).trim();
  if (/^-?\d+$/.test(text)) return text.startsWith('-') ? -number(text.slice(1)) : number(text);
  return text === '' ? 0n : arithmetic(text, state.names, state.depth + 1);
}

const truth = (value: boolean): bigint => (value ? 1n : 0n);

function apply(state: State, operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '||':
      return truth(a !== 0n || b !== 0n);
    case '&&':
      return truth(a !== 0n && b !== 0n);
    case '==':
      return truth(a === b);
    case '!=':
      return truth(a !== b);
    case '<':
      return truth(a < b);
    case '<=':
      return truth(a <= b);
    case '>':
      return truth(a > b);
    case '>=':
      return truth(a >= b);
    case '/':
    case '%':
      return divide(state, operator, a, b);
    default:
      return BigInt.asIntN(64, bits(operator, a, b));
  }
}

function divide(state: State, operator: '/' | '%', a: bigint, b: bigint): bigint {
  if (!state.live) return 0n;
  if (b === 0n) throw new ShellFault('divide by zero');
  return operator === '/' ? a / b : a % b;
}

function bits(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '<<':
      return a << (b & 63n);
    default:
      return a >> (b & 63n);
  }
}
