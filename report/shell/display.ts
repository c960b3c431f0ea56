import type {
  Argv,
  Call,
  Word as CallWord,
  CliCall,
  Json,
  Ref,
  RestCall,
  Text,
} from '../../commands/calls.ts';
import { besideExec, type Cast, castOf, spellingOf } from '../../commands/cast.ts';
import { verbs } from '../../commands/index.ts';
import { argvJson, argvWords, isArgv } from '../../commands/work.ts';
import { lineOf } from '../../commands/work-line.ts';
import { quote } from '../../domain/quote.ts';
import { serverEnds } from '../../domain/server-end.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { describeBytes } from '../text/bytes.ts';
import { type Raw, raw, type Word } from './line.ts';

const LONGEST = 600;

/** Lists a program as numbered commands for people: what `repro.sh` does, without its machinery. */
export const displayCommands = ({ steps }: Program): string[] =>
  steps.flatMap((step, i) =>
    displayStep(step, castOf(steps.slice(0, i))).map(
      (text, j) => `${j === 0 ? `${i + 1}.`.padEnd(4) : '    '}${text}`,
    ),
  );

/** Lists the calls of one step, a line each. */
const displayStep = (step: Step, cast: Cast): string[] =>
  verbs[step.op]
    .calls(step)
    .flatMap((call) => display(cast, call))
    .map((text) => text.replaceAll('$new', 'as' in step ? `$${step.as}` : '$new'))
    .map((text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text));

/** Gives what a step calls first, without arguments: `boxlite --url URL exec`, `POST /v1/boxes/$box1/exec`. */
export function displayTitle(step: Step, cast: Cast): string {
  const [call] = verbs[step.op].calls(step);
  if (call?.call === 'cli') return `${boxlite(call)} ${plain(textWord(cast, call.words[0] as Text))}`;
  if (call?.call === 'rest') return `${call.method} /v1${plain(pathWord(cast, call.path))}`;
  return call?.call === 'open' ? `WebSocket /v1${plain(pathWord(cast, call.path))}` : step.op;
}

function display(cast: Cast, call: Call): string[] {
  switch (call.call) {
    case 'cli':
      return [cliLine(cast, call)];
    case 'rest':
      return [restLine(cast, call)];
    case 'open':
      return [`WebSocket${call.as ? ` ${call.as}` : ''}: URL/v1${plain(pathWord(cast, call.path))}`];
    case 'frames':
      return call.frames.map(
        (frame) => `  ${sender(call)} ${'binary' in frame ? describeBytes(frame.binary) : frame.text}`,
      );
    case 'received':
      return [`what ${call.attach} has received`];
    case 'follow':
      return ['  read to its end'];
    case 'leave':
      return [`${call.attach} ${call.how === 'close' ? 'closes' : 'vanishes without a Close'}`];
    case 'put':
      return [`${call.file}: a file with ${describeBytes(call.data ?? '')}`];
    case 'host':
      if (call.data === undefined) return [`cat $HOST_${call.host}/${call.file}`];
      return [`$HOST_${call.host}/${call.file} is written from outside: ${describeBytes(call.data)}`];
    case 'renew':
      return [`kill -${serverEnds[call.how]} SERVER; boxlite serve`];
    default:
      return [];
  }
}

const sender = ({ attach }: Extract<Call, { call: 'frames' }>): string =>
  attach ? `${attach} sends` : 'sends';

const boxlite = ({ via }: CliCall): string => (via === 'url' ? 'boxlite --url URL' : 'boxlite');

function cliLine(cast: Cast, call: CliCall): string {
  const words = call.words.map((word): string => {
    if (isArgv(word)) return word.part ? typedArgv(word).map(quote).join(' ') : lineOf(word.work);
    if (typeof word === 'object' && '$' in word && word.$ === 'image') return 'IMAGE';
    return readable(textWord(cast, word as Text));
  });
  const fed = call.stdin === undefined ? '' : `  (stdin: ${describeBytes(call.stdin)})`;
  return `${boxlite(call)} ${words.join(' ')}${fed}${told(call.as)}`;
}

function restLine(cast: Cast, { method, path, json, image, tar, data, type, archive, as }: RestCall): string {
  const where = `URL/v1${plain(pathWord(cast, path))}`;
  const url = /[?&]/u.test(where) ? `"${where}"` : where;
  if (tar)
    return `curl -X ${method} ${url} --data-binary @ARCHIVE  (${tar.name}: ${describeBytes(tar.data)})`;
  if (archive) return `curl -X ${method} ${url} --data-binary @ARCHIVE${told(as)}`;
  if (data !== undefined) {
    const said = type === undefined ? '' : ` -H ${quote(`content-type: ${type}`)}`;
    return `curl -X ${method} ${url}${said} --data-binary ${quote(data)}${told(as)}`;
  }
  if (!json) return `curl -X ${method} ${url}${told(as)}`;
  const body = { ...(image ? { image: 'IMAGE' } : {}), ...(jsonForPeople(cast, json) as object) };
  return `curl --json ${quote(JSON.stringify(body))} ${url}${told(as)}`;
}

const told = (as: string | undefined): string => (as === undefined ? '' : `  # ${as}`);

/** A word with its variables as they are; quoted where it has none and needs it. */
const readable = (word: Word): string =>
  word.every((part) => typeof part === 'string') ? quote(plain(word)) : plain(word);

const plain = (word: Word): string =>
  word.map((part) => (typeof part === 'string' ? part : part.$ === 'T' ? '.' : `$${part.$}`)).join('');

/** A reference as a word of a script: variables hold what is only known when it runs. */
function refWord(cast: Cast, ref: Ref): Word {
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
    case 'text':
      return [ref.text];
    case 'dir':
      return [{ $: `HOST_${ref.host}` }];
    case 'missing':
      return [{ $: 'MISSING' }];
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

/** A JSON value for people: variables by their names, workloads as one would type them. */
const jsonForPeople = (cast: Cast, json: Json): unknown =>
  mapped(json, (leaf) => {
    if (!isArgv(leaf))
      return refWord(cast, leaf).map((part) => (typeof part === 'string' ? part : `$${part.$}`))[0];
    return leaf.part === 'head' ? typedArgv(leaf)[0] : typedArgv(leaf);
  });

/** The words of a workload, or of a part of it, as one would type them. */
function typedArgv({ work, part }: Argv): string[] {
  const words = typedWords(lineOf(work));
  if (part === undefined) return words;
  return part === 'head' ? words.slice(0, 1) : words.slice(1);
}

function mapped(json: Json, leafValue: (leaf: Ref | Argv) => unknown): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((one) => mapped(one, leafValue));
  if ('$' in json) return leafValue(json as Ref | Argv);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, mapped(value, leafValue)]));
}

/** The words of a line in which texts are quoted as `quote` does it. */
const typedWords = (line: string): string[] =>
  [...line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/gu)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\'/gu, (_, text: string | undefined) => text ?? "'"),
  );

/** Host directories that calls name anywhere. */
export function hostDirs(calls: readonly Call[]): string[] {
  const found = new Set<string>();
  JSON.stringify(calls, (key, value: unknown) => {
    if (key === 'host' && typeof value === 'string') found.add(value);
    return value;
  });
  return [...found];
}
