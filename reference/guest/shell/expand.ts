import type { Bytes } from '../bytes.ts';
import { arithmetic } from './arithmetic.ts';
import type { Part, Word } from './ast.ts';
import { ShellFault } from './control.ts';
import { Fields } from './fields.ts';
import { literal, unmarked } from './pattern.ts';
import type { Shell } from './shell.ts';
import { trim } from './trim.ts';

type Parameter = Extract<Part, { is: 'parameter' }>;

/** All the fields a list of words stands for. */
export async function expandWords(shell: Shell, words: Word[]): Promise<Bytes[]> {
  const found: Bytes[] = [];
  for (const word of words) {
    const fields = new Fields(shell.separators);
    await expandInto(shell, word, fields, true);
    fields.next();
    for (const field of fields.done)
      found.push(...(shell.options.has('f') ? [unmarked(field)] : shell.glob(field)));
  }
  return found;
}

/** The one string a word stands for: no splitting, no file names. */
export async function expandText(shell: Shell, word: Word): Promise<Bytes> {
  return unmarked(await expandPattern(shell, word));
}

/** As {@link expandText}, with what was quoted marked literal. */
export async function expandPattern(shell: Shell, word: Word): Promise<Bytes> {
  const only = word[0];
  if (word.length === 1 && only?.is === 'text' && !only.text.startsWith('~'))
    return only.quoted ? literal(only.text) : only.text;
  const fields = new Fields('');
  await expandInto(shell, word, fields, false);
  fields.next();
  return fields.done.join(' ');
}

/** `expanded`: the word stands inside an expansion, whose text is split like its value would be. */
async function expandInto(
  shell: Shell,
  word: Word,
  fields: Fields,
  split: boolean,
  expanded = false,
): Promise<void> {
  let first = true;
  for (const part of word) {
    if (part.is === 'text' && !part.quoted) {
      const text = first ? tilde(shell, part.text) : part.text;
      if (expanded && split) fields.split(text);
      else fields.plain(text);
    } else if (part.is === 'text') fields.quoted(part.text);
    else if (part.is === 'parameter') await parameter(shell, part, fields, split);
    else put(fields, await substitute(shell, part), part.quoted || !split);
    first = false;
  }
}

async function substitute(
  shell: Shell,
  part: Extract<Part, { is: 'command' | 'arithmetic' }>,
): Promise<Bytes> {
  if (part.is === 'command') return shell.capture(part.body);
  return String(arithmetic(await expandText(shell, part.expression), shell.names));
}

function put(fields: Fields, text: Bytes, whole: boolean): void {
  if (whole) fields.quoted(text);
  else fields.split(text);
}

function tilde(shell: Shell, text: Bytes): Bytes {
  if (text !== '~' && !text.startsWith('~/')) return text;
  return literal(shell.get('HOME') ?? '~') + text.slice(1);
}

async function parameter(shell: Shell, part: Parameter, fields: Fields, split: boolean): Promise<void> {
  const whole = part.quoted || !split;
  if ((part.name === '@' || part.name === '*') && part.operator !== 'length')
    return positional(shell, part, fields, split);
  const value = shell.get(part.name);
  const missing = value === undefined || (part.colon && value === '');
  switch (part.operator) {
    case '':
      return put(fields, value ?? unset(shell, part.name), whole);
    case 'length':
      return put(
        fields,
        String(part.name === '@' || part.name === '*' ? shell.args.length : (value ?? '').length),
        whole,
      );
    case '-':
      return missing ? alternative(shell, part, fields, split) : put(fields, value, whole);
    case '+':
      if (!missing) return alternative(shell, part, fields, split);
      return part.quoted ? fields.quoted('') : undefined;
    case '=':
      return put(fields, missing ? shell.set(part.name, await expandText(shell, part.word)) : value, whole);
    case '?':
      return put(fields, missing ? await complain(shell, part) : value, whole);
    default:
      return put(fields, trim(value ?? '', part.operator, await expandPattern(shell, part.word)), whole);
  }
}

/** The word of `${X:-word}` keeps its own quoting. */
async function alternative(shell: Shell, part: Parameter, fields: Fields, split: boolean): Promise<void> {
  if (part.quoted) return fields.quoted(await expandText(shell, part.word));
  await expandInto(shell, part.word, fields, split, true);
}

async function complain(shell: Shell, part: Parameter): Promise<never> {
  const text = await expandText(shell, part.word);
  throw new ShellFault(`${part.name}: ${text || 'parameter not set'}`);
}

function unset(shell: Shell, name: Bytes): Bytes {
  if (shell.options.has('u') && name !== '!') throw new ShellFault(`${name}: parameter not set`);
  return '';
}

async function positional(shell: Shell, part: Parameter, fields: Fields, split: boolean): Promise<void> {
  if (part.operator === '-' && shell.args.length === 0) return alternative(shell, part, fields, split);
  if (part.operator === '+')
    return shell.args.length > 0 ? alternative(shell, part, fields, split) : undefined;
  if (!split || (part.quoted && part.name === '*')) {
    return fields.quoted(shell.args.join(split ? (shell.separators[0] ?? '') : ' '));
  }
  shell.args.forEach((arg, index) => {
    if (index > 0) fields.next();
    put(fields, arg, part.quoted);
  });
}
