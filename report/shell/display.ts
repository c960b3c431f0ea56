import type { Argv, Call, CliCall, Json, RestCall, SdkCall, Text } from '../../commands/calls.ts';
import { type Cast, castOf } from '../../commands/cast.ts';
import { verbs } from '../../commands/index.ts';
import { isArgv } from '../../commands/work.ts';
import { lineOf } from '../../commands/work-line.ts';
import { quote } from '../../domain/quote.ts';
import { serverEnds } from '../../domain/server-end.ts';
import type { Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { describeBytes } from '../text/bytes.ts';
import { jsonWord, type Word } from './line.ts';
import { pythonOf } from './sdk.ts';
import { mapped, pathWord, refWord, textWord } from './words.ts';

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
  if (call?.call === 'sdk') return `${call.via} ${call.method}`;
  return call?.call === 'open' ? `WebSocket /v1${plain(pathWord(cast, call.path))}` : step.op;
}

function display(cast: Cast, call: Call): string[] {
  switch (call.call) {
    case 'cli':
      return [cliLine(cast, call)];
    case 'rest':
      return [restLine(cast, call)];
    case 'sdk':
      return sdkLine(cast, call);
    case 'drop-sdk':
      return ['kill -KILL the process of the SDK'];
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
    case 'connect':
      return [
        `${call.count === 1 ? 'a client' : 'two clients at once'} of 127.0.0.1:$PORT_${call.port} send ${describeBytes(call.data)}`,
      ];
    case 'listen':
      return [`another program listens at 127.0.0.1:$PORT_${call.port}`];
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
    return `curl -X ${method} ${url} --data-binary @ARCHIVE  (${Object.entries(tar)
      .map(([name, bytes]) => `${name}: ${describeBytes(bytes)}`)
      .join(', ')})`;
  if (archive) return `curl -X ${method} ${url} --data-binary @ARCHIVE${told(as)}`;
  if (data !== undefined) {
    const said = type === undefined ? '' : ` -H ${quote(`content-type: ${type}`)}`;
    return `curl -X ${method} ${url}${said} --data-binary ${quote(data)}${told(as)}`;
  }
  if (!json) return `curl -X ${method} ${url}${told(as)}`;
  const body = { ...(image ? { image: 'IMAGE' } : {}), ...(jsonForPeople(cast, json) as object) };
  return `curl --json ${quote(JSON.stringify(body))} ${url}${told(as)}`;
}

/** As a user of the Python SDK writes it; the npm one's names are those in camel case. */
const sdkLine = (cast: Cast, call: SdkCall): string[] =>
  pythonOf(call, (json) => jsonWord(jsonForPeople(cast, json))).map(
    (word) => `${call.via === 'sdk' ? 'Python' : 'npm SDK (in Python)'}: ${plain(word)}`,
  );

const told = (as: string | undefined): string => (as === undefined ? '' : `  # ${as}`);

/** A word with its variables as they are; quoted where it has none and needs it. */
const readable = (word: Word): string =>
  word.every((part) => typeof part === 'string') ? quote(plain(word)) : plain(word);

const plain = (word: Word): string =>
  word.map((part) => (typeof part === 'string' ? part : part.$ === 'T' ? '.' : `$${part.$}`)).join('');

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

/** The words of a line in which texts are quoted as `quote` does it. */
const typedWords = (line: string): string[] =>
  [...line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/gu)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\'/gu, (_, text: string | undefined) => text ?? "'"),
  );
