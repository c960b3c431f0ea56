import { defect } from '../defects/switch.ts';

/** The command line itself is wrong: exit 2, `error: …` and the usage (contract 1.1). */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something the verb cannot do without. */
export const missing = (what: string): UsageError =>
  new UsageError(`the following required arguments were not provided:\n  ${what}`);

/** How a flag is written; `value` says whether it takes one, and whether it may be repeated. */
interface Flag {
  short?: string;
  value: 'none' | 'one' | 'many';
}

type Flags = Record<string, Flag>;

const none = (short?: string): Flag => ({ ...(short ? { short } : {}), value: 'none' });
const one = (short?: string): Flag => ({ ...(short ? { short } : {}), value: 'one' });
const many = (short?: string): Flag => ({ ...(short ? { short } : {}), value: 'many' });

/** Flags that are legal with every verb (contract 1.2). */
const globalFlags: Flags = { home: one(), url: one() };

const process: Flags = { env: many('e'), workdir: one('w') };
const making: Flags = { ...process, name: one(), rootfs: one(), entrypoint: one(), volume: many('v') };
const published: Flags = { publish: many('p') };
const having: Flags = {
  ...{ cpus: one(), memory: one(), 'disk-size': one(), 'cap-add': many(), 'cap-drop': many() },
  ...{ network: one(), inbound: one(), 'allow-net': many() },
  ...{ 'auto-stop': one(), 'auto-delete': one(), 'no-auto-resume': none() },
};
const interactive: Flags = { interactive: none('i'), tty: none('t'), detach: none('d') };

/** Flags of each verb: of BoxLite's those that programs use. */
const verbFlags: Record<string, Flags> = {
  run: { ...making, ...published, ...having, ...interactive, user: one('u'), rm: none() },
  create: { ...making, ...published, ...having },
  exec: { ...process, ...interactive, user: one('u') },
  list: { all: none('a'), quiet: none('q'), format: one() },
  rm: { force: none('f'), all: none('a') },
  start: {},
  stop: {},
  restart: {},
  inspect: {},
  cp: {},
  stats: { format: one() },
  info: { format: one() },
  logs: { tail: one('n') },
  network: { 'allow-net': many() },
  serve: { port: one(), host: one(), 'api-key': one() },
};

/** Verbs whose positionals turn into a command: from the first one on nothing is a flag any more. */
const takesCommand: ReadonlySet<string> = new Set(['run', 'create']);

/** A command line taken apart. */
export interface Parsed {
  verb: string;
  on: Set<string>;
  values: Map<string, string[]>;
  positionals: string[];
  /** What came behind `--`; undefined without one. */
  rest: string[] | undefined;
}

const aliases: Record<string, string> = { ls: 'list', ps: 'list' };

/**
 * Takes a command line apart. Written by hand: a call takes 20 ms of processor time beyond the start of Node, and
 * loading commander alone would add 16 (docs/measurements.md).
 * @throws UsageError for an unknown verb or flag, or a flag without its value.
 */
export function parse(args: readonly string[]): Parsed {
  const parsed: Parsed = { verb: '', on: new Set(), values: new Map(), positionals: [], rest: undefined };
  let flags: Flags = globalFlags;
  const queue = [...args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') {
      parsed.rest = queue.splice(0);
    } else if (word.startsWith('--')) {
      takeLong(parsed, flags, word.slice(2), queue);
    } else if (word.startsWith('-') && word.length > 1) {
      takeShort(parsed, flags, word.slice(1), queue);
    } else if (parsed.verb === '') {
      flags = flagsOf(parsed, word);
    } else {
      parsed.positionals.push(word);
      if (takesCommand.has(parsed.verb)) parsed.positionals.push(...queue.splice(0));
    }
  }
  if (parsed.verb === '') throw new UsageError("'boxlite' requires a subcommand but one was not provided");
  return parsed;
}

function flagsOf(parsed: Parsed, word: string): Flags {
  const verb = Object.hasOwn(aliases, word) ? (aliases[word] ?? word) : word;
  if (!Object.hasOwn(verbFlags, verb)) throw new UsageError(`unrecognized subcommand '${word}'`);
  parsed.verb = verb;
  return { ...globalFlags, ...verbFlags[verb] };
}

function takeLong(parsed: Parsed, flags: Flags, text: string, queue: string[]): void {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (!flag && defect('unknown-flag-ignored')) return;
  if (!flag) throw new UsageError(`unexpected argument '--${name}' found`);
  if (flag.value === 'none') {
    if (equals >= 0) throw new UsageError(`unexpected value for '--${name}' found; no more were expected`);
    parsed.on.add(name);
  } else {
    keep(parsed, name, flag, equals < 0 ? queue.shift() : text.slice(equals + 1));
  }
}

/** `-it`, `-e K=V`, `-eK=V`: letters without a value may share a dash with others. */
function takeShort(parsed: Parsed, flags: Flags, letters: string, queue: string[]): void {
  const letter = letters[0] ?? '';
  const found = Object.entries(flags).find(([, flag]) => flag.short === letter);
  if (!found) throw new UsageError(`unexpected argument '-${letter}' found`);
  const [name, flag] = found;
  const tail = letters.slice(1);
  if (flag.value !== 'none') {
    keep(parsed, name, flag, tail === '' ? queue.shift() : tail.replace(/^=/, ''));
    return;
  }
  parsed.on.add(name);
  if (tail !== '') takeShort(parsed, flags, tail, queue);
}

function keep(parsed: Parsed, name: string, flag: Flag, value: string | undefined): void {
  if (value === undefined)
    throw new UsageError(`a value is required for '--${name} <VALUE>' but none was supplied`);
  const known = parsed.values.get(name) ?? [];
  if (flag.value === 'one' && known.length > 0)
    throw new UsageError(`the argument '--${name} <VALUE>' cannot be used multiple times`);
  parsed.values.set(name, [...known, value]);
}

/** The value of a flag that takes one. */
export const flagValue = (parsed: Parsed, name: string): string | undefined =>
  parsed.values.get(name)?.at(-1);

/** The words beside the flags, in order. */
export const wordsOf = ({ positionals, rest }: Parsed): string[] => [...positionals, ...(rest ?? [])];

/** All values of a flag that may be repeated. */
export const flagValues = (parsed: Parsed, name: string): string[] => parsed.values.get(name) ?? [];
