import type { Json, SdkCall } from '../../commands/calls.ts';
import type { Cast } from '../../commands/cast.ts';
import { ofBase64 } from '../../domain/bytes.ts';
import { writeBytes } from './check.ts';
import { jsonWord, line, raw, type Word } from './line.ts';
import { jsonValue } from './words.ts';

/** Shell lines that make a call of an SDK, as lines of Python that a user of it would write. */
export function sdkLines(cast: Cast, call: SdkCall): string[] {
  const { json, expecting, as } = call;
  const told = expecting === 'made' && as ? toldLines(call, as) : [];
  const bytes = json.data ?? json.stdin;
  return [
    ...(typeof bytes === 'string' ? [writeBytes(ofBase64(bytes), '"$T/in"')] : []),
    ...(expecting === 'attached' ? [`rm -rf "$T/${as}"; mkdir "$T/${as}"`] : []),
    line(raw('sdk'), expecting, ...pythonOf(call, (value) => jsonWord(jsonValue(cast, value)))),
    ...told,
  ];
}

/** What is made in a home that nothing else shows is known by its id alone. */
const toldLines = ({ via }: SdkCall, as: string): string[] => {
  if (as.startsWith('exec')) return [`${as}=$new`];
  return via === 'local-sdk'
    ? [`[ -z "$new" ] || { ${as}=$new; ${as}_prefix=$new; boxes="$boxes sdk:$new"; }`]
    : [];
};

/**
 * The lines of Python, with the shell variables that are only known when the script runs. JSON text is a literal of
 * Python's as well, as long as nothing in it is null, true or false.
 */
export function pythonOf(call: SdkCall, literal: (json: Json) => Word): Word[] {
  const { method, json, as } = call;
  const value = (name: string): Word => literal(json[name] ?? '');
  const own = (name: string): string => `held[${JSON.stringify(json[name])}]`;
  const box: Word = ['(await found(', ...value('box'), '))'];
  const more = (name: string, ...text: Word): Word => (json[name] === undefined ? [] : text);
  const exec: Word = [
    ...['execution = await ', ...box, '.exec(', ...value('command'), ', ', ...value('args')],
    ...more('env', ', list(', ...value('env'), '.items())'),
    ...more('cwd', ', cwd=', ...value('cwd')),
    ...more('timeout', ', timeout_secs=', ...value('timeout')),
    ')',
  ];
  const input = json.stdin === undefined ? 'b""' : 'open("$T/in", "rb").read()';
  switch (method) {
    case 'create':
      return [
        [
          ...['box = await runtime.create(BoxOptions(', { $: 'IMAGE_PYTHON' }],
          ...more('cmd', ', cmd=', ...value('cmd')),
          ...more('env', ', env=list(', ...value('env'), '.items())'),
          // That is how npm's asks; Python's does not by itself, and its boxes end with the server.
          ...(call.via === 'node-sdk' ? [', detach=True, auto_remove=False'] : []),
          ...more('auto_delete', ', auto_delete=', ...value('auto_delete')),
          ...more('detach', ', detach=True'),
          ...[')', ...more('name', ', name=', ...value('name')), ')'],
        ],
        ['told = keep(box).id'],
      ];
    case 'start':
    case 'stop':
      return [['await ', ...box, `.${method}()`]];
    case 'remove':
      return [['await runtime.remove(', ...value('box'), `, force=${json.force ? 'True' : 'False'})`]];
    case 'inspect':
      if (call.via === 'local-sdk')
        return [['told = await info(renew(there(await runtime.get(', ...value('box'), '))))']];
      return [['told = there(await runtime.get_info(', ...value('box'), '))']];
    case 'list_boxes':
      return [['told = await runtime.list_info()']];
    case 'metrics':
      return [['told = await ', ...box, '.metrics()']];
    case 'execute':
      return [exec, withScratch(`told = await ended(execution, ${input})`)];
    case 'spawn':
      return [exec, [`told = hold("${as}", execution).id()`]];
    case 'follow':
      return [[`told = await ended(${own('execution')})`]];
    case 'wait':
      return [[`told = await ${own('execution')}.wait()`]];
    case 'signal':
      return [[`await ${own('execution')}.signal(${json.signal})`]];
    case 'kill':
      return [[`await ${own('execution')}.kill()`]];
    case 'resize':
      return [[`await ${own('execution')}.resize_tty(${json.rows}, ${json.cols})`]];
    case 'attach':
      return [
        ['execution = await ', ...box, '.attach(', ...more('execution', ...value('execution')), ')'],
        [`relay("${as}", execution)`],
      ];
    case 'copy_in':
      return [['await ', ...box, '.copy_in("', { $: 'T' }, '/in", ', ...value('path'), ')']];
    case 'copy_out':
      return [['await ', ...box, '.copy_out(', ...value('path'), ', "', { $: 'T' }, '/got")']];
    default:
      throw new Error(`no Python is known for ${method}`);
  }
}

const withScratch = (text: string): Word => {
  const [before = '', after] = text.split('$T');
  return after === undefined ? [before] : [before, { $: 'T' }, after];
};
