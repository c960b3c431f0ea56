import { posix } from 'node:path';
import type { Call, CliCall, Frame, RestCall } from '../../commands/calls.ts';
import type { Cast } from '../../commands/cast.ts';
import { verbs } from '../../commands/index.ts';
import { archived } from '../../domain/file-mode.ts';
import { fillOf } from '../../domain/fill.ts';
import { serverEnds } from '../../domain/server-end.ts';
import { homeOf } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { terminalWords } from '../../runtime/drivers/on-terminal.ts';
import { writeBytes } from './check.ts';
import { jsonWord, line, raw, type Word } from './line.ts';
import { sdkLines } from './sdk.ts';
import { hostDirs, hostPorts, jsonValue, lineWords, pathWord, textWord } from './words.ts';

/** Who a step's calls are printed for. */
interface Printing {
  readonly cast: Cast;
  /** Name of the attach that only this step has. */
  readonly own: string;
}

/**
 * Shell lines that do one step, with the helpers of `parts/`: the calls that `run/perform` makes.
 * @param own a name that no other step's lines use
 */
export function renderStep(step: Step, cast: Cast, own = 'own'): string[] {
  const calls = verbs[step.op].calls(step);
  const printing = { cast, own };
  return [
    ...hostDirs(calls).map((host) => `host_dir ${host}`),
    ...hostPorts(calls).map((port) => `host_port ${port}`),
    ...(calls.some(isForBytes) ? ['rm -rf "$T/got"'] : []),
    ...chain(
      printing,
      calls.filter(({ call }) => call !== 'discover'),
    ),
    ...calls.flatMap((call) =>
      call.call === 'discover' && homeOf(call.via) !== 'sdk' ? [`learn ${call.as} ${homeOf(call.via)}`] : [],
    ),
  ];
}

const isForBytes = (call: Call): boolean =>
  call.call === 'take' ||
  call.call === 'take-mode' ||
  call.call === 'connect' ||
  (call.call === 'host' && call.data === undefined) ||
  (call.call === 'sdk' && (call.expecting === 'file' || call.expecting === 'numbers')) ||
  (call.call === 'rest' && bytesSeen.has(call.expecting));

/** Requests of whose answer bytes are looked at. */
const bytesSeen: ReadonlySet<RestCall['expecting']> = new Set([
  'file',
  'mode',
  'bytes',
  'archive',
  'snapshot',
  'snapshots',
  'policy',
]);

/** Lines before the program that take down the numbers its steps are told less (contract 13). */
export function renderBefore(steps: readonly Step[], cast: Cast): string[] {
  const telling = steps.flatMap((step) => verbs[step.op].calls(step)).filter((call) => 'sinceBegan' in call);
  const each = new Map(telling.map((call) => [call.call, call]));
  return [...each.values()].flatMap((call) => [
    ...callLines({ cast, own: 'own' }, call),
    `json <"$T/out" >"$T/before.${call.call}"`,
  ]);
}

/** Each call only when the one before it succeeded. */
function chain(printing: Printing, [first, ...others]: readonly Call[]): string[] {
  if (!first) return [];
  const lines = callLines(printing, first);
  const rest = chain(printing, others);
  const condition = conditions[first.call];
  if (rest.length === 0 || condition === undefined) return [...lines, ...rest];
  return [
    ...lines,
    `if ${condition}; then`,
    ...[...toldLines(first), ...rest].map((one) => `  ${one}`),
    'fi',
  ];
}

/** What tells that a call succeeded, where it may not. */
const conditions: Partial<Record<Call['call'], string>> = {
  cli: 'is_done',
  rest: 'is_done',
  sdk: 'is_done',
  open: 'is_done',
};

/** The id that a request told, for the calls after it. */
function toldLines(call: Call): string[] {
  const field = call.call === 'rest' ? ids[call.expecting] : undefined;
  return field === undefined ? [] : [`new=$(field ${field})`];
}

const ids: Partial<Record<RestCall['expecting'], string>> = { created: '.box_id', exec: '.execution_id' };

function callLines(printing: Printing, call: Call): string[] {
  const { cast, own } = printing;
  switch (call.call) {
    case 'cli':
      return cliLines(cast, call);
    case 'rest':
      return restLines(cast, call);
    case 'sdk':
      return sdkLines(cast, call);
    case 'drop-sdk':
      return ['drop_sdk'];
    case 'open':
      return [line(raw('attach'), call.as ?? own, pathWord(cast, call.path))];
    case 'frames':
      return call.frames.flatMap((frame) => frameLines(call.attach ?? own, frame));
    case 'received':
      return [`look ${call.attach}`];
    case 'follow':
      return [`follow ${own}`];
    case 'leave':
      return [`leave ${call.attach} ${call.how}`];
    case 'put':
      return [
        ...madeFor([{ $: 'T' }], call.file),
        writeBytes(call.data ?? '', `"$T/${call.file}"`),
        ...(call.mode === undefined ? [] : [`chmod ${call.mode} "$T/${call.file}"`]),
      ];
    case 'host': {
      const file: Word = [{ $: `HOST_${call.host}` }, '/', call.file];
      if (call.data === undefined) return [line(raw('cp'), file, raw('"$T/got" 2>/dev/null')), 'seen bytes'];
      return [
        ...madeFor([{ $: `HOST_${call.host}` }], call.file),
        writeBytes(call.data, line(file)),
        'written',
      ];
    }
    case 'take':
      return ['seen bytes'];
    case 'take-mode':
      return ['take_mode', 'seen bytes'];
    case 'connect':
      return [writeBytes(call.data, '"$T/in"'), `knock ${call.port} ${call.count}`];
    case 'listen':
      return [`occupy ${call.port}`];
    case 'renew':
      return [`restart_server ${serverEnds[call.how]}`];
    default:
      return [];
  }
}

/** Makes the directory below another one that a file is to lie in. */
const madeFor = (below: Word, file: string): string[] =>
  file.includes('/') ? [line(raw('mkdir -p'), [...below, '/', posix.dirname(file)])] : [];

function cliLines(
  cast: Cast,
  { via, words, stdin, terminal, expecting, targets = [], twice }: CliCall,
): string[] {
  const plain = line(raw(via), ...lineWords(cast, words));
  const call = terminal ? `TERMINAL='${terminalWords(terminal).join(' ')}'; ${plain}; TERMINAL=` : plain;
  const fed =
    stdin === undefined ? [call] : [writeBytes(stdin, '"$T/in"'), 'INPUT=$T/in', call, 'INPUT=/dev/null'];
  const again = twice ? ['cp "$T/out" "$T/first"', call] : [];
  const same = twice
    ? ['[ "$SEEN" != ended ] || same "$T/out" "$T/first" || seen broken \'it prints something else\'']
    : [];
  const after = line(raw('seen_cli'), expecting, ...targets.map((target) => textWord(cast, target)));
  return [...fed, ...again, after, ...same];
}

function restLines(cast: Cast, call: RestCall): string[] {
  const { method, json, tar, data, expecting, as } = call;
  const path = pathWord(cast, call.path);
  const told = as?.startsWith('exec') ? [`${as}=$(field .execution_id)`] : [];
  const kept = call.keeps ? ['cp "$T/out" "$T/archive"', '! is bytes || seen done'] : [];
  const after = [`seen_rest ${call.keeps ? 'bytes' : expecting}`, ...told, ...kept];
  if (tar) return [...tarLines(tar, call.mode), line(raw(`rest ${method}`), path, raw(archive)), ...after];
  if (data !== undefined)
    return [
      writeBytes(data, '"$T/in"'),
      line(raw(`rest ${method}`), path, raw(binary('in', call.type))),
      ...after,
    ];
  if (call.archive)
    return [...partLines[call.archive], line(raw(`rest ${method}`), path, raw(binary('part'))), ...after];
  if (!json) return [line(raw(`rest ${method}`), path), ...after];
  return [line(raw(`rest_json ${method}`), path, bodyWord(cast, call)), ...after];
}

const binary = (file: string, type = 'application/octet-stream'): string =>
  `-H "content-type: ${type}" --data-binary "@$T/${file}"`;

/** The archive that the call before was answered with, or the first half of it. */
const partLines = {
  whole: ['cp "$T/archive" "$T/part"'],
  half: ['head -c $(($(size "$T/archive") / 2)) "$T/archive" >"$T/part"'],
};

const owned = ` --numeric-owner --owner=${archived.uid} --group=${archived.gid}`;

const archive = '-H "content-type: application/x-tar" --data-binary "@$T/in.tar"';

const tarLines = (files: NonNullable<RestCall['tar']>, mode: string | undefined): string[] => [
  'rm -rf "$T/tar"; mkdir "$T/tar"',
  ...Object.entries(files).flatMap(([name, data]) => [
    ...madeFor([{ $: 'T' }, '/tar'], name),
    writeBytes(data, line([{ $: 'T' }, '/tar/', name])),
  ]),
  ...(mode === undefined ? [] : [`chmod ${mode} "$T/tar"/*`]),
  line(
    raw(`tar -C "$T/tar" -cf "$T/in.tar"${mode === undefined ? '' : owned}`),
    ...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? '')),
  ),
];

/** Which image the reader has is known when the script runs; a body that is wrong in its image names its own. */
function bodyWord(cast: Cast, { json = {}, image }: RestCall): Word {
  const body = jsonWord(jsonValue(cast, json));
  if (!image || 'image' in json) return body;
  return ['{', { $: 'IMAGE_JSON' }, ...(body.length > 2 ? [','] : []), ...body.slice(1)];
}

/** A frame that is sent over an attach: bytes of a pattern from a file, which is made as its name says. */
function frameLines(attach: string, frame: Frame): string[] {
  if ('text' in frame) return [line(raw('order'), attach, `text ${frame.text}`)];
  const fill = fillOf(frame.binary);
  if (!fill) return [line(raw('order'), attach, `send ${hex(frame.binary)}`)];
  const name = `${fill.pattern}.${fill.size}`;
  return [
    writeBytes(frame.binary, `"$T/${name}"`),
    line(raw('order'), attach, ['file ', { $: 'T' }, `/${name}`]),
  ];
}

/** Bytes in hex, as attach.py takes them. */
const hex = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('hex');
