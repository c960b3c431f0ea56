import { resolve } from 'node:path';
import type { Backend, CreateRequest, Ending } from '../../backend/backend.ts';
import { type ImageSource, plainSpec } from '../../core/box.ts';
import { Fault, invalidArgument } from '../../core/fault.ts';
import { isEnabled } from '../../core/network.ts';
import { parsePort } from '../../core/ports.ts';
import { profile } from '../../core/profile.ts';
import { parseVolume } from '../../core/volumes.ts';
import { defect } from '../../defects/switch.ts';
import { type Context, contextOf, environmentOf, withBackend } from '../context.ts';
import { exitOf, pump } from '../foreground.ts';
import { own } from '../own.ts';
import { flagValue, flagValues, type Parsed, UsageError, wordsOf } from '../parse.ts';
import { checkTerminal } from '../terminal.ts';

/** `boxlite create`: stores a box and prints its id (contract 2.3). */
export async function create(parsed: Parsed): Promise<number> {
  const context = contextOf(parsed);
  const request = requestOf(parsed, context, { detached: true, removeAtEnd: false });
  return withBackend(context, async (backend) => {
    own().stdout.write(`${await backend.create(request)}\n`);
    return 0;
  });
}

/** `boxlite run`: a new box, detached or in the foreground (contract 2.2). */
export async function run(parsed: Parsed): Promise<number> {
  const detached = parsed.on.has('detach');
  if (detached && parsed.on.has('interactive') && profile.deadlines && !defect('exclusive-flags-accepted'))
    throw new UsageError("the argument '--interactive' cannot be used with '--detach'");
  const context = contextOf(parsed);
  checkTerminal(parsed);
  const request = requestOf(parsed, context, { detached, removeAtEnd: parsed.on.has('rm') && !detached });
  return withBackend(context, async (backend) => {
    const id = await backend.create(request);
    if (!detached) return foreground(backend, id, request, parsed.on.has('interactive'));
    await backend.start(id);
    own().stdout.write(`${id}\n`);
    return 0;
  });
}

async function foreground(
  backend: Backend,
  id: string,
  request: CreateRequest,
  stdin: boolean,
): Promise<number> {
  let end: Ending;
  try {
    end = await pump(await backend.runAttached(id), { stdin, tty: request.tty });
    const box = await backend.box(id).catch(() => null);
    own().stderr.write(`[boxlite] Auto-stopping non-detached box: id=${id}, pid=${box?.pid ?? 0}\n`);
  } finally {
    if (request.removeAtEnd && !defect('failed-run-leaves-record')) await backend.remove(id, true);
  }
  return exitOf(end);
}

/** What differs between `run`, `run -d` and `create`. */
type Making = Pick<CreateRequest, 'detached' | 'removeAtEnd'>;

/**
 * The box a command line asks for (contract 2.2, 2.3).
 * @throws Fault for a missing image, a bad `-v`, or one the server cannot be told.
 */
function requestOf(parsed: Parsed, { server }: Context, making: Making): CreateRequest {
  const { source, cmd } = sourceAndCommand(parsed);
  const volumes = flagValues(parsed, 'volume');
  const kinds = volumes.map((volume) => parseVolume(volume).kind);
  // What REST has no field for is refused before any request (contract 1.2).
  if (server && kinds.some((kind) => kind !== 'managed'))
    throw new Fault(
      'unsupported',
      'unsupported: host bind mounts are only supported by the local runtime; mount a managed volume by id or name instead',
    );
  const ports = flagValues(parsed, 'publish').map(parsePort);
  if (server && ports.length > 0 && !defect('ports-dropped-by-url'))
    throw new Fault('unsupported', 'unsupported: -p is supported only by the local runtime');
  const network = networkOf(parsed);
  if (ports.length > 0 && !network.outbound && !defect('ports-without-network'))
    throw invalidArgument("ports require network.outbound.mode 'enabled'");
  return {
    ...making,
    name: flagValue(parsed, 'name') || null,
    source,
    entrypoint: flagValues(parsed, 'entrypoint'),
    cmd,
    env: environmentOf(parsed),
    workdir: flagValue(parsed, 'workdir') ?? '/',
    user: flagValue(parsed, 'user') ?? '',
    tty: parsed.on.has('tty'),
    ...hardwareOf(parsed),
    network,
    ports,
    ...deadlinesOf(parsed, server !== null),
    volumes,
  };
}

function hardwareOf(parsed: Parsed): Pick<CreateRequest, 'cpus' | 'memoryMib' | 'diskGb' | 'capabilities'> {
  const cpus = numberOf(parsed, 'cpus') ?? plainSpec.cpus;
  if (profile.cpusChecked && (cpus < 1 || cpus > 255))
    throw new UsageError(`invalid value '${cpus}' for '--cpus <CPUS>'`);
  return {
    cpus,
    memoryMib: numberOf(parsed, 'memory') ?? plainSpec.memoryMib,
    diskGb: numberOf(parsed, 'disk-size') ?? plainSpec.diskGb,
    capabilities: { add: flagValues(parsed, 'cap-add'), drop: flagValues(parsed, 'cap-drop') },
  };
}

/** What is not asked for is as it is of every box. */
function networkOf(parsed: Parsed): CreateRequest['network'] {
  const { outbound, inbound } = plainSpec.network;
  const isOn = (flag: string, usual: boolean): boolean => {
    const mode = flagValue(parsed, flag);
    return mode === undefined ? usual : isEnabled(mode);
  };
  const isOut = isOn('network', outbound);
  return {
    ...{ outbound: isOut, inbound: isOn('inbound', inbound) },
    ...{ rules: flagValues(parsed, 'allow-net'), hasDevice: isOut },
  };
}

/** @throws Fault for a home of this machine: nobody would be there when the time comes (contract 2.2). */
function deadlinesOf(
  parsed: Parsed,
  served: boolean,
): Pick<CreateRequest, 'autoStopS' | 'autoDeleteS' | 'autoResume'> {
  const [autoStopS = 0, autoDeleteS = 0] = ['auto-stop', 'auto-delete'].map((name) => numberOf(parsed, name));
  const named = ['auto-stop', 'auto-delete'].find((name) => flagValue(parsed, name) !== undefined);
  const flag = named ?? (parsed.on.has('no-auto-resume') ? 'no-auto-resume' : undefined);
  if (flag !== undefined && !served && !defect('deadline-without-server-accepted'))
    throw new Fault('unsupported', `unsupported: --${flag} needs a server to enforce it`);
  return { autoStopS, autoDeleteS, autoResume: !parsed.on.has('no-auto-resume') };
}

function numberOf(parsed: Parsed, name: string): number | undefined {
  const text = flagValue(parsed, name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`invalid value '${text}' for '--${name} <N>': a whole number is needed`);
}

function sourceAndCommand(parsed: Parsed): { source: ImageSource; cmd: string[] } {
  const words = wordsOf(parsed);
  const rootfs = flagValue(parsed, 'rootfs');
  if (rootfs !== undefined && parsed.verb === 'create' && words.length > 0)
    throw new Fault('invalid-argument', 'provide either IMAGE or --rootfs PATH, not both');
  const image = rootfs === undefined ? words.shift() : undefined;
  const cmd = words[0] === '--' ? words.slice(1) : words;
  if (rootfs !== undefined) return { source: { rootfs: resolve(rootfs) }, cmd };
  if (!image) throw new Fault('invalid-argument', 'provide IMAGE or --rootfs PATH');
  return { source: { image }, cmd };
}
