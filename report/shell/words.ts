import type { Argv, Call, Word as CallWord, Json, Ref, Text } from '../../commands/calls.ts';
import { besideExec, type Cast, spellingOf } from '../../commands/cast.ts';
import { argvJson, argvWords, isArgv } from '../../commands/work.ts';
import { type Raw, raw, type Word } from './line.ts';

/** A reference as a word of a script: variables hold what is only known when it runs. */
export function refWord(cast: Cast, ref: Ref): Word {
  switch (ref.$) {
    case 'box':
      return boxWord(cast, ref);
    case 'exec':
      return ref.exec.startsWith('?') ? [ref.exec.slice(1)] : [{ $: ref.exec }];
    case 'beside':
      return boxWord(cast, { on: besideExec(cast, ref.exec), by: ref.by, via: 'rest' });
    case 'told':
      return [{ $: 'new' }];
    case 'name':
      return [ref.name];
    case 'dir':
      return [{ $: `HOST_${ref.host}` }];
    case 'text':
      return [ref.text];
    case 'missing':
      return [{ $: 'MISSING' }];
    case 'port':
      return [{ $: `PORT_${ref.port}` }];
    case 'scratch':
      return [{ $: 'T' }, `/${ref.file}`];
  }
}

function boxWord(cast: Cast, { on, by, via }: Omit<Extract<Ref, { $: 'box' }>, '$'>): Word {
  const spelling = spellingOf(cast, on, by, via);
  if (spelling === null) return [`nobody-${on}`];
  if (typeof spelling === 'object') return ['text' in spelling ? spelling.text : spelling.name];
  return [{ $: spelling === 'prefix' ? `${on}_prefix` : on }];
}

/** A text as one word. */
export const textWord = (cast: Cast, text: Text): Word =>
  [text].flat().flatMap((part: string | Ref) => (typeof part === 'string' ? [part] : refWord(cast, part)));

/** A path as one word; ids and prefixes need no escaping. */
export const pathWord = (cast: Cast, path: Text): Word =>
  [path]
    .flat()
    .flatMap((part: string | Ref) => (typeof part === 'string' ? [part] : escaped(refWord(cast, part))));

const escaped = (word: Word): Word =>
  word.map((part) => (typeof part === 'string' ? encodeURIComponent(part) : part));

/** Image arguments of the CLI: `--rootfs DIR`, or an image by name. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: for the shell
const image = raw('${ROOTFS:+--rootfs} "${ROOTFS:-$IMAGE}"');

/** The words of a command line. */
export const lineWords = (cast: Cast, words: readonly CallWord[]): (string | Word | Raw)[] =>
  words.flatMap((word): (string | Word | Raw)[] => {
    if (typeof word === 'string') return [word];
    if ('$' in word && word.$ === 'image') return [image];
    if (isArgv(word)) return argvWords(word);
    return [textWord(cast, word)];
  });

/** A JSON value in which `{ $: NAME }` stands for a shell variable. */
export const jsonValue = (cast: Cast, json: Json): unknown =>
  mapped(json, (leaf) => (isArgv(leaf) ? argvJson(leaf) : refWord(cast, leaf)[0]));

/** A JSON value with something else in place of its references and processes. */
export function mapped(json: Json, leafValue: (leaf: Ref | Argv) => unknown): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((one) => mapped(one, leafValue));
  if ('$' in json) return leafValue(json as Ref | Argv);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, mapped(value, leafValue)]));
}

/** Ports of the runtime's machine that calls name anywhere. */
export function hostPorts(calls: readonly Call[]): number[] {
  const found = new Set<number>();
  JSON.stringify(calls, (key, value: unknown) => {
    if (isArgv(value)) return null; // a workload has ports of its own
    if (key === 'port' && typeof value === 'number') found.add(value);
    return value;
  });
  return [...found];
}

/** Host directories that calls name anywhere. */
export function hostDirs(calls: readonly Call[]): string[] {
  const found = new Set<string>();
  JSON.stringify(calls, (key, value: unknown) => {
    if (key === 'host' && typeof value === 'string') found.add(value);
    return value;
  });
  return [...found];
}
