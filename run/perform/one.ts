import type { Call, CliCall, RestCall, SdkCall } from '../../commands/calls.ts';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import type { Observation } from '../../domain/observation.ts';
import { isSame } from '../../model/same.ts';
import {
  endedOfStream,
  fromAttach,
  fromCli,
  fromFrames,
  fromRest,
  fromSdk,
} from '../../runtime/normal-form/index.ts';
import type { AttachSocket, RestAnswer, RestartAnswer } from '../../runtime/ports/session.ts';
import { boxArchiveNames } from './box-archive.ts';
import { sinceBegan } from './since.ts';
import { tarOf, untarOne } from './tar.ts';
import { type Resolver, realJson, realText, realWords } from './text.ts';

/** What the calls of one step share. */
export interface Performing extends Resolver {
  readonly deadlineMs: number;
  /** The attach that only this step has. */
  own: AttachSocket | undefined;
  /** The archive that an earlier call of the step was answered with. */
  archive?: Bytes;
}

/** How long a port may say nothing, seconds: who serves it answers at once, or as soon as he is there. */
const ANSWER_S = 2;

/** Makes one call and gives what is seen of it. */
export async function performOne(now: Performing, call: Call): Promise<Observation> {
  const { session, signal } = now.context;
  const options = { timeoutMs: now.deadlineMs, signal };
  switch (call.call) {
    case 'cli':
      return sinceBegan(now.context.before, call, await (call.twice ? twice(now, call) : cli(now, call)));
    case 'rest':
      return sinceBegan(now.context.before, call, await rest(now, call));
    case 'sdk':
      return sdk(now, call);
    case 'drop-sdk':
      await session.sdk(call.via).drop();
      return { is: 'done' };
    case 'open': {
      const answer = await session.attach(await routeOf(now, call.path), options);
      if ('socket' in answer) keep(now, call.as, answer.socket);
      return fromAttach(answer);
    }
    case 'frames': {
      const socket = socketOf(now, call.attach);
      for (const frame of call.frames)
        'binary' in frame ? socket.sendBinary(frame.binary) : socket.sendText(frame.text);
      return { is: 'done' };
    }
    case 'received': {
      const socket = socketOf(now, call.attach);
      return fromFrames(socket.frames(), socket.closed());
    }
    case 'follow':
      return followToEnd(socketOf(now, undefined), now.deadlineMs, signal);
    case 'leave': {
      const socket = socketOf(now, call.attach);
      await (call.how === 'close' ? socket.close() : socket.drop());
      return { is: 'done' };
    }
    case 'put':
      await session.host.write(call, call.file, call.data ?? '', call.mode);
      return { is: 'done' };
    case 'take':
      return { is: 'bytes', data: await session.host.read(call, call.file) };
    case 'take-mode':
      return { is: 'bytes', data: await session.host.mode(call, call.file) };
    case 'host':
      if (call.data === undefined) return { is: 'bytes', data: await session.host.read(call, call.file) };
      await session.host.write(call, call.file, call.data);
      return { is: 'done' };
    case 'connect':
      return {
        is: 'bytes',
        data: await session.host.connect(call.port, call.data, call.count, ANSWER_S * session.deadlineFactor),
      };
    case 'listen':
      return (await session.host.listen(call.port))
        ? { is: 'done' }
        : { is: 'broken', how: 'transport', text: 'the port is not free' };
    case 'renew':
      if (!session.restartServer) throw new Error('the server of this target is not ours to end');
      now.context.before.delete('rest');
      return renewed(await session.restartServer(call.how, options));
    case 'discover':
      return { is: 'done' };
  }
}

async function cli(now: Performing, call: CliCall): Promise<Observation> {
  const { session, signal } = now.context;
  const answer = await session.cli(call.via, await realWords(now, call.words), {
    timeoutMs: now.deadlineMs,
    signal,
    ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
    ...(call.terminal && { terminal: call.terminal }),
  });
  const targets = await Promise.all((call.targets ?? []).map((target) => realText(now, target)));
  const seen = fromCli(answer, call.expecting, targets);
  return call.untold && seen.is === 'done' ? { ...seen, id: 'untold' } : seen;
}

/** The first answer, where the second one is the same. */
async function twice(now: Performing, call: CliCall): Promise<Observation> {
  const [first, second] = [await cli(now, call), await cli(now, call)];
  if (first.is !== 'ended' || second.is !== 'ended' || isSame(first, second)) return second;
  return {
    is: 'broken',
    how: 'malformed',
    text: `it prints ${second.out.length} bytes, before ${first.out.length}`,
  };
}

async function rest(now: Performing, call: RestCall): Promise<Observation> {
  const { session, signal } = now.context;
  const { method, tar, data } = call;
  const request = {
    method,
    path: await routeOf(now, call.path),
    ...(call.json && {
      json: { ...(call.image ? imageField(now) : {}), ...((await realJson(now, call.json)) as object) },
    }),
    ...(data !== undefined && { body: toBuffer(data), contentType: call.type ?? BINARY }),
    ...(call.archive && { body: partOf(now.archive, call.archive), contentType: BINARY }),
    ...(tar && { body: await tarOf(tar, call.mode), contentType: 'application/x-tar' }),
  };
  const answer = await session.rest(request, { timeoutMs: now.deadlineMs, signal });
  if (call.expecting === 'archive') return archive(now, call, answer);
  if (call.expecting !== 'file' && call.expecting !== 'mode') return fromRest(answer, call.expecting);
  const seen = fromRest(answer, 'bytes');
  return seen.is === 'bytes' && seen.data !== null
    ? { is: 'bytes', data: await untarOne(seen.data, call.expecting) }
    : seen;
}

async function sdk(now: Performing, call: SdkCall): Promise<Observation> {
  const { session, signal } = now.context;
  const { via, method, as } = call;
  const json = (await realJson(now, call.json)) as object;
  const request = { method, ...(as && !as.startsWith('box') ? { held_as: as } : {}), ...json };
  const whole = call.image ? { ...imageField(now), ...request } : request;
  const options = { timeoutMs: now.deadlineMs, signal };
  const what = `${via} ${method}`;
  const client = session.sdk(via);
  if (call.expecting !== 'attached') return fromSdk(what, await client.call(whole, options), call.expecting);
  const answer = await client.attach(whole, options);
  if (!('socket' in answer)) return fromSdk(what, answer.refused, 'attached');
  keep(now, as, answer.socket);
  return fromAttach(answer);
}

const BINARY = 'application/octet-stream';

/** The archive that an earlier call of the step has kept, or a part of it that is none. */
const partOf = (archive: Bytes | undefined, part: 'whole' | 'half'): Buffer => {
  const whole = toBuffer(archive ?? '');
  return part === 'whole' ? whole : whole.subarray(0, Math.floor(whole.length / 2));
};

/** An archive of a box: what is in it, not its bytes, of which there may be many. */
async function archive(now: Performing, call: RestCall, answer: RestAnswer): Promise<Observation> {
  const seen = fromRest(answer, 'bytes');
  if (seen.is !== 'bytes' || seen.data === null) return seen;
  if (!call.keeps) return { is: 'bytes', data: boxArchiveNames(seen.data) };
  now.archive = seen.data;
  return { is: 'done' };
}

function imageField({ context: { session } }: Performing): object {
  const { image } = session;
  return 'rootfs' in image ? { rootfs_path: image.rootfs } : { image: image.image };
}

const routeOf = async (now: Performing, path: RestCall['path']): Promise<string> =>
  `/v1${await realText(now, path, encodeURIComponent)}`;

function keep(now: Performing, handle: string | undefined, socket: AttachSocket): void {
  if (handle === undefined) now.own = socket;
  else now.context.sockets.set(handle, socket);
}

/** The socket behind a handle; the model predicts steps on attaches only where there was a 101. */
function socketOf(now: Performing, handle: string | undefined): AttachSocket {
  const socket = handle === undefined ? now.own : now.context.sockets.get(handle);
  if (!socket)
    throw new Error(`no socket for ${handle}: the model takes it for attached, the runner has none`);
  return socket;
}

function renewed(answer: RestartAnswer): Observation {
  if (answer.is === 'back') return { is: 'done' };
  return { is: 'broken', how: answer.is === 'hangs' ? 'hang' : 'transport', text: answer.text };
}

/** Longest single wait for a frame, milliseconds: how soon an abort is noticed. */
const SLICE_MS = 250;

/** Reads an attach to its end, as a foreground command does: the result, or a hang when no end comes. */
async function followToEnd(
  socket: AttachSocket,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<Observation> {
  const deadline = performance.now() + deadlineMs;
  while (!socket.closed() && !signal.aborted) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0)
      return { is: 'broken', how: 'hang', text: `the attached client got no end in ${deadlineMs} ms` };
    await socket.changed(Math.min(leftMs, SLICE_MS));
  }
  const seen = fromFrames(socket.frames(), socket.closed());
  return seen.is === 'stream' ? endedOfStream(seen) : seen;
}
